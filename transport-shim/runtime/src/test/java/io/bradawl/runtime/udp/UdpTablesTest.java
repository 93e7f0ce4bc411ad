package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UdpTablesTest {

  private static final InetSocketAddress SERVER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 3478);

  private final UdpTables tables = new UdpTables();

  /**
   * Found by the soak: the answer of a server that had lost the race, or had been left, came when
   * its door was gone, and the application was given it.
   */
  @Test
  void aDoorThatIsShutIsKnownForLateAnswersAfterTheOpenOnes() {
    RelayDoor left = door();
    RelayDoor present = door();
    tables.open(left);
    tables.shut(left);
    tables.open(present);
    assertThat(tables.doors()).containsExactly(present, left);
  }

  @Test
  void onlyTheLastDoorsThatWereShutAreKnown() {
    List<RelayDoor> all = Stream.generate(UdpTablesTest::door).limit(9).toList();
    all.forEach(tables::open);
    all.subList(1, 9).forEach(tables::shut);
    assertThat(tables.doors())
        .containsExactlyInAnyOrder(all.get(0), all.get(5), all.get(6), all.get(7), all.get(8));
    tables.clear();
    assertThat(tables.doors()).isEmpty();
  }

  private static RelayDoor door() {
    return new RelayDoor(SERVER, message -> {});
  }
}
