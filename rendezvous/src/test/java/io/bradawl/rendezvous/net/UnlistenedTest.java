package io.bradawl.rendezvous.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnlistenedTest {

  @ParameterizedTest
  @CsvSource({
    "Address already in use, end what uses it or choose another --http",
    "bind(..) failed with error(-98): Address already in use, end what uses it",
    "bind(..) failed with error(-99): Cannot assign requested address, has no such address",
    "Permission denied, CAP_NET_BIND_SERVICE"
  })
  void eachReasonHasItsRemedy(String reason, String remedy) {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", 443);
    assertThat(Unlistened.because(new BindException(reason), "http", address, "--http"))
        .hasMessageStartingWith("cannot listen on http 127.0.0.1:443: " + reason + "; ")
        .hasMessageContaining(remedy);
  }
}
