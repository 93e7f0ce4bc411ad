package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.runtime.loop.ManualLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is waited for, and for how long, depends on what the other one has said. */
class GatheringTest {

  private static final TransportAddress MAPPED = at("70.0.0.7", 61000);
  private static final TransportAddress RELAYED = at("70.0.0.1", 50001);
  private static final Duration NEARLY = Duration.ofMillis(499);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ManualLoop loop = new ManualLoop();
  private final FakeRelay relay = new FakeRelay();
  private final List<Gathered> told = new ArrayList<>();
  private Gathering gathering = gathering(false);

  private record Gathered(@Nullable TransportAddress mapped, List<TransportAddress> relayed) {}

  @Test
  void aRelayByUdpShowsThatTheRendezvousWillAnswerToo() {
    relayIsReached(false);
    pass(LONG);
    assertThat(told).isEmpty();
    gathering.mapped(MAPPED);
    assertThat(told).containsExactly(new Gathered(MAPPED, List.of(RELAYED)));
  }

  @Test
  void whereTheRelayIsByTcpTheOwnAddressIsWaitedForNotLong() {
    relayIsReached(true);
    pass(NEARLY);
    assertThat(told).as("on a busy machine TCP may just be the first").isEmpty();
    pass(MOMENT);
    assertThat(told).containsExactly(new Gathered(null, List.of(RELAYED)));
  }

  @Test
  void anOwnAddressThatComesInTimeIsToldAtOnce() {
    relayIsReached(true);
    pass(NEARLY);
    gathering.mapped(MAPPED);
    assertThat(told).containsExactly(new Gathered(MAPPED, List.of(RELAYED)));
  }

  @Test
  void whereNothingWasHeardByUdpARelayByTcpIsToldAtOnce() {
    gathering = gathering(true);
    relayIsReached(true);
    assertThat(told).containsExactly(new Gathered(null, List.of(RELAYED)));
  }

  @Test
  void whereNothingWasHeardByUdpButTheRelayIsTheOwnAddressIsWaitedFor() {
    gathering = gathering(true);
    relayIsReached(false);
    pass(LONG);
    assertThat(told).isEmpty();
  }

  @Test
  void whoeverKnowsItsOwnAddressWaitsForTheRelayNotLong() {
    gathering.mapped(MAPPED);
    pass(NEARLY);
    assertThat(told).isEmpty();
    pass(MOMENT);
    assertThat(told).containsExactly(new Gathered(MAPPED, List.of()));
  }

  @Test
  void withoutAnOwnAddressTheRelayIsWaitedForWithoutEnd() {
    gathering.mapped(null);
    pass(LONG);
    assertThat(told).isEmpty();
    relayIsReached(false);
    assertThat(told).containsExactly(new Gathered(null, List.of(RELAYED)));
  }

  @Test
  void itIsToldOnce() {
    relayIsReached(true);
    pass(LONG);
    gathering.mapped(MAPPED);
    pass(LONG);
    assertThat(told).hasSize(1);
    assertThat(loop.waiting()).isZero();
  }

  private Gathering gathering(boolean withoutUdp) {
    return new Gathering(
        loop, relay, withoutUdp, (mapped, relayed) -> told.add(new Gathered(mapped, relayed)));
  }

  private void relayIsReached(boolean byStream) {
    relay.addresses = List.of(RELAYED);
    relay.byStream = byStream;
    gathering.relayed();
  }

  private void pass(Duration time) {
    loop.pass(time.toNanos());
  }

  private static TransportAddress at(String ip, int port) {
    return new TransportAddress(new InetSocketAddress(ip, port).getAddress(), port);
  }

  private static final class FakeRelay implements Gathering.Relay {

    private List<TransportAddress> addresses = List.of();
    private boolean byStream;

    @Override
    public void learn(Consumer<List<TransportAddress>> then) {
      throw new UnsupportedOperationException("the test says when it is known");
    }

    @Override
    public List<TransportAddress> addresses() {
      return addresses;
    }

    @Override
    public boolean isByStream() {
      return byStream;
    }
  }
}
