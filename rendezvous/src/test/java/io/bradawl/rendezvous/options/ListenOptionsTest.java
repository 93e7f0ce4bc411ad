package io.bradawl.rendezvous.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.turn.RelayAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Where the server is reached, from inside and from outside. */
class ListenOptionsTest {

  private final ListenOptions options = new ListenOptions();

  @Test
  void withoutNatAddressesAreTheirOwn() throws Exception {
    InetAddress own = InetAddress.getByName("10.0.0.1");
    parse("--listen=10.0.0.1");
    assertThat(options.external()).isEqualTo(ExternalAddresses.NONE);
    assertThat(options.external().of(own)).isEqualTo(own);
  }

  @Test
  void outerAddressesAreForTheirLocalOnesOnly() throws Exception {
    parse("--listen=10.0.0.1", "--external-ip=192.0.2.1/10.0.0.1,2001:db8::1/fd00::1");
    ExternalAddresses external = options.external();
    assertThat(external.of(InetAddress.getByName("10.0.0.1")))
        .isEqualTo(InetAddress.getByName("192.0.2.1"));
    assertThat(external.of(InetAddress.getByName("fd00::1")))
        .isEqualTo(InetAddress.getByName("2001:db8::1"));
    assertThat(external.of(InetAddress.getByName("10.0.0.2")))
        .isEqualTo(InetAddress.getByName("10.0.0.2"));
  }

  @Test
  void theRelayTellsThemUnlessItIsToldOtherwise() throws Exception {
    parse("--listen=10.0.0.1", "--external-ip=192.0.2.1/10.0.0.1");
    assertThat(RelayAddress.defaults(options.addresses(), options.external()))
        .containsExactly(
            new RelayAddress(
                InetAddress.getByName("10.0.0.1"), InetAddress.getByName("192.0.2.1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1",
        "192.0.2.1/192.0.2.1",
        "192.0.2.1/0.0.0.0",
        "192.0.2.1/fd00::1",
        "x/y"
      })
  void whatNamesNoPairIsRefused(String text) {
    assertThatThrownBy(() -> parse("--external-ip=" + text))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("--external-ip")
        .hasMessageContaining(text);
  }

  private void parse(String... arguments) {
    new CommandLine(options).parseArgs(arguments);
  }
}
