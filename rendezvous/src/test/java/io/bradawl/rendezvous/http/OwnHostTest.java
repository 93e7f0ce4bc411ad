package io.bradawl.rendezvous.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnHostTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "LocalHost:8080, true",
    "127.0.0.1:8080, true",
    "[::1]:8080, true",
    "[::1], true",
    "'', true",
    "rebound.example.org, false",
    "rebound.example.org:8080, false",
    "[localhost.example.org], false",
    "1.2.3.4.example.org, false",
  })
  void onLoopbackOnlyItsOwnNamesCount(String host, boolean own) {
    assertThat(OwnHost.is(host, new InetSocketAddress("127.0.0.1", 8080))).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({"status.example.org", "10.0.0.1"})
  void elsewhereAnyNameDoes(String host) {
    assertThat(OwnHost.is(host, new InetSocketAddress("192.0.2.1", 8080))).isTrue();
  }
}
