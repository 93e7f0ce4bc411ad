package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that is about to stop. */
@Timeout(60)
class MoveTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Service H2 = new Service(Transport.TCP, 9092);

  @RegisterExtension final LoopbackServer server = new LoopbackServer();

  @Test
  void asksEverybodyToMoveAndGoesOnServingThem() throws Exception {
    try (TestPeer db = server.peer(1, "db");
        TestPeer web = server.peer(2, "web")) {
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
    try (TestPeer late = server.peer(1, "db")) {
      assertThat(late.register(H2))
          .isEqualTo(new Signal.Rejected(Reason.TRY_ALTERNATE, "this rendezvous is about to stop"));
    }
  }
}
