package io.bradawl.rendezvous.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.turn.RelayAddress;
import io.bradawl.rendezvous.turn.RelaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What operators say of the relay. */
class RelayOptionsTest {

  private static final InetSocketAddress LISTEN = new InetSocketAddress("127.0.0.1", 3478);

  @Test
  void oneAddressThatIsListenedOnTwiceIsOneOfTheRelay() throws IOException {
    InetSocketAddress again = new InetSocketAddress("127.0.0.1", 443);
    assertThat(
            new RelayOptions().settings(List.of(LISTEN, again), ExternalAddresses.NONE).addresses())
        .hasSize(1);
  }

  @Test
  void behindAOneToOneNatTheAddressOfTheMachineIsBound() throws Exception {
    assertThat(settings("--relay-ip=192.0.2.1/127.0.0.1").addresses())
        .containsExactly(
            new RelayAddress(
                InetAddress.getByName("127.0.0.1"), InetAddress.getByName("192.0.2.1")));
  }

  @Test
  void anAddressThatTheMachineDoesNotHaveIsRefusedAtOnce() {
    assertThatThrownBy(() -> settings("--relay-ip=192.0.2.1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--relay-ip 192.0.2.1: this machine has no address 192.0.2.1")
        .hasMessageContaining("name one that it has");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 764})
  void aRealmMustFitIntoAMessage(int length) {
    assertThatThrownBy(() -> settings("--turn-realm=" + "x".repeat(length)))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("--turn-realm")
        .hasMessageContaining("a text of " + length + " octets, allowed are 1 to 763");
  }

  private static RelaySettings settings(String... arguments) throws IOException {
    RelayOptions options = new RelayOptions();
    new CommandLine(options).parseArgs(arguments);
    return options.settings(List.of(LISTEN), ExternalAddresses.NONE);
  }
}
