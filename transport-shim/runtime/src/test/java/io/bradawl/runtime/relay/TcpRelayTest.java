package io.bradawl.runtime.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.dial.TlsTrust;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.bradawl.runtime.splice.SpliceLoops;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpRelayTest {

  private static final int PATIENCE_MILLIS = 20_000;

  private static final SessionId SESSION = new SessionId(1, 2);
  private static final RelayUse.Taker NOBODY = (connection, first) -> {};

  private final NettyDriverLoop loop = new NettyDriverLoop();
  private final GrantedRelay rendezvous = new GrantedRelay();
  private ServerSocket lost;
  private ServerSocket present;

  @BeforeEach
  void open() throws IOException {
    lost = listener();
    present = listener();
  }

  @AfterEach
  void close() throws IOException {
    loop.close();
    lost.close();
    present.close();
  }

  /**
   * Found by the soak: behind a firewall that drops what it does not let out, a search for the
   * relay of a rendezvous that was gone went on for 20 s after another one had been found.
   */
  @Test
  void aSearchBeginsAnewWhenThereIsAnotherRendezvous() throws IOException {
    TcpRelay relay = relay();
    rendezvous.isAt(lost.getLocalPort());
    loop.execute(relay::prepare);
    try (Socket silent = lost.accept()) {
      rendezvous.isAt(present.getLocalPort());
      loop.execute(relay::rendezvousChanged);
      try (Socket asked = present.accept()) {
        asked.setSoTimeout(PATIENCE_MILLIS);
        assertThat(asked.getInputStream().read()).as("an Allocate request").isZero();
      }
      silent.setSoTimeout(PATIENCE_MILLIS);
      assertThat(silent.getInputStream().readAllBytes())
          .as("all of it, until it is let go")
          .isNotNull();
    }
  }

  /**
   * Found by the soak: the NAT of a client was started anew, the rendezvous was found again, and
   * for minutes nobody could connect, for the relay's word that a peer had come did not arrive.
   */
  @Test
  void aServerThatDoesNotAnswerWhenInDoubtServesNoMoreConnects() throws Exception {
    TcpRelay relay = relay();
    try (RelayHost silent = new RelayHost("192.0.2.1");
        RelayHost other = new RelayHost("192.0.2.2")) {
      rendezvous.isAt(silent.port());
      loop.execute(relay::prepare);
      assertThat(nextAddress(relay, Set.of())).containsExactly(silent.turn.relayed());
      loop.execute(() -> relay.hold(relay.use(SESSION, relay.candidates(), NOBODY).lease()));
      silent.turn.silent = true;
      rendezvous.isAt(other.port());

      loop.execute(relay::rendezvousChanged);

      assertThat(nextAddress(relay, Set.of(silent.turn.relayed())))
          .containsExactly(other.turn.relayed());
    }
  }

  @Test
  void aServerThatAnswersInDoubtIsKept() throws Exception {
    TcpRelay relay = relay();
    try (RelayHost host = new RelayHost("192.0.2.1")) {
      rendezvous.isAt(host.port());
      loop.execute(relay::prepare);
      List<TransportAddress> before = nextAddress(relay, Set.of());

      loop.execute(relay::rendezvousChanged);
      await(() -> host.turn.answered.contains(StunMethod.REFRESH));

      assertThat(nextAddress(relay, Set.of())).isEqualTo(before);
    }
  }

  /** Found by the soak: new credentials were there, and nobody asked for 30 s. */
  @Test
  void serversThatAreSilentAreNotWaitedForAtLength() throws IOException {
    rendezvous.isAt(lost.getLocalPort());
    TurnAccess access = access();
    Surroundings with = new Surroundings(access, new SpliceLoops(), new Random(1));
    Duration patience = Duration.ofMillis(100);
    loop.execute(
        () -> new RelaySearch(with, access.servers().streams(), relay(), patience).start());
    try (Socket silent = lost.accept()) {
      silent.setSoTimeout(PATIENCE_MILLIS);
      assertThat(silent.getInputStream().readAllBytes()).as("until it is let go").isNotNull();
    }
  }

  private TcpRelay relay() {
    return new TcpRelay(loop, access(), new SpliceLoops(), new Random(1));
  }

  private TurnAccess access() {
    return new TurnAccess(new TurnServers(rendezvous, null), new Dial(new TlsTrust(null)), loop);
  }

  /** Waits for relayed addresses other than these. */
  private List<TransportAddress> nextAddress(TcpRelay relay, Set<TransportAddress> known)
      throws Exception {
    AtomicReference<List<TransportAddress>> seen = new AtomicReference<>(List.of());
    await(
        () -> {
          loop.execute(
              () -> seen.set(relay.candidates().stream().map(Candidate::address).toList()));
          return seen.get().stream().anyMatch(address -> !known.contains(address));
        });
    return seen.get();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience ends").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static ServerSocket listener() throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }
}
