package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.admission.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is about to stop. */
@Timeout(60)
class MoveTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Service H2 = new Service(Transport.TCP, 9092);

  private RendezvousServer server;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws Exception {
    server =
        RendezvousServer.start(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), Limits.DEFAULT);
    address = server.addresses().get(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksEverybodyToMoveAndGoesOnServingThem() throws Exception {
    try (TestPeer db = new TestPeer(address, 1, "db");
        TestPeer web = new TestPeer(address, 2, "web")) {
      db.register(H2);
      web.register();
      assertThat(server.drain(LIMIT)).isLessThan(Duration.ofSeconds(1));
      for (TestPeer peer : List.of(db, web)) {
        assertThat(peer.hear())
            .isInstanceOfSatisfying(
                Signal.Move.class,
                move -> assertThat(move.within()).isBetween(Duration.ofSeconds(1), LIMIT));
      }
      assertThat(web.register(H2)).isInstanceOf(Signal.Registered.class);
      assertThat(web.ask(new Signal.Lookup(db.self.id()))).isInstanceOf(Signal.Found.class);
    }
  }

  @Test
  void takesNobodyNew() throws Exception {
    server.drain(LIMIT);
    try (TestPeer late = new TestPeer(address, 1, "db")) {
      assertThat(late.register(H2))
          .isEqualTo(new Signal.Rejected(Reason.TRY_ALTERNATE, "this rendezvous is about to stop"));
    }
  }
}
