package io.bradawl.runtime.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.peer.PeerName;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualAddressesTest {

  private final VirtualAddresses addresses =
      new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer");

  @Test
  void aPeerKeepsItsAddressAndTheAddressItsName() {
    PeerName db = new PeerName("db");
    InetAddress address = addresses.addressOf(db);
    assertThat(addresses.addressOf(PeerName.parse("DB"))).isEqualTo(address);
    assertThat(addresses.peerAt(address)).isEqualTo(db);
    assertThat(address.getHostName()).isEqualTo("db.peer");
    assertThat(address.getHostAddress()).isEqualTo("240.0.0.1");
  }

  @Test
  void addressesNeverGivenOutAreNobodys() throws Exception {
    assertThat(addresses.peerAt(InetAddress.getByName("240.9.9.9"))).isNull();
    assertThat(addresses.peerAt(InetAddress.getByName("::1"))).isNull();
  }

  @Test
  void aRangeThatIsUsedUpSaysSo() {
    VirtualAddresses small = new VirtualAddresses(VirtualRange.parse("250.1.2.0/24"), "peer");
    for (int i = 0; i < 254; i++) {
      small.addressOf(new PeerName("p" + i));
    }
    assertThatThrownBy(() -> small.addressOf(new PeerName("late")))
        .hasMessageContaining("250.1.2.0/24")
        .hasMessageContaining("bradawl.range");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "240.0.0.0",
        "240.0.0.0/3",
        "240.0.0.0/25",
        "10.0.0.0/8",
        "240.0.0.1/8",
        "256.0.0.0/8"
      })
  void refusesOtherRanges(String text) {
    assertThatThrownBy(() -> VirtualRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }
}
