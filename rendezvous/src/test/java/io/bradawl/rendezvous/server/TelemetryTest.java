package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.json.JsonWriter;
import io.bradawl.rendezvous.telemetry.AccessEvent;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;
import io.bradawl.rendezvous.telemetry.Readiness;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the operator hears of what peers do. */
@Timeout(60)
class TelemetryTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final PeerName DB = new PeerName("db");

  private final BlockingQueue<AccessEvent> events = new LinkedBlockingQueue<>();
  private final Measures measures = new Measures();
  private final Telemetry telemetry = new Telemetry(measures, new Readiness(), events::add);

  @RegisterExtension final LoopbackServer server = new LoopbackServer(telemetry);

  @Test
  void tellsOfRegistrationsAndOffers() throws Exception {
    assertThat(telemetry.readiness().obstacles()).isEmpty();
    try (TestPeer db = server.peer(1, "db")) {
      try (TestPeer web = server.peer(2, "web")) {
        db.register(H2);
        web.register();
        web.tell(offer(web, new PeerName("db")));
        db.hear();
        web.tell(offer(web, new PeerName("nobody")));
        assertThat(web.hear())
            .isInstanceOfSatisfying(
                Signal.Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_PEER));
        assertThat(next()).contains("registered", "services", "tcp/9092", db.self.id().label());
        assertThat(next()).contains("registered", web.self.id().label());
        assertThat(next()).contains("offer routed", web.self.id().label(), DB.label());
        assertThat(next()).contains("offer refused", "unknown peer");
      }
      assertThat(next()).contains("left", "closed by the peer");
    }
    next();
    assertThat(measures.sum(Measure.REGISTRATIONS)).isEqualTo(2);
    assertThat(measures.sum(Measure.PEERS)).isZero();
    assertThat(measures.sum(Measure.OFFERS_ROUTED)).isEqualTo(1);
    assertThat(measures.sum(Measure.OFFER_UNKNOWN_PEER)).isEqualTo(1);
  }

  @Test
  void addsUpThePathsThatPeersReport() throws Exception {
    Measure relayed = Measure.ofPaths(Transport.UDP, Candidate.Kind.RELAYED);
    Measure direct = Measure.ofPaths(Transport.UDP, Candidate.Kind.HOST);
    try (TestPeer db = server.peer(1, "db")) {
      try (TestPeer web = server.peer(2, "web")) {
        web.register(web.registrant.register(Set.of()).with(paths(Candidate.Kind.RELAYED, 2)));
        db.register(db.registrant.register(Set.of()).with(paths(Candidate.Kind.RELAYED, 1)));
        assertThat(measures.sum(relayed)).isEqualTo(3);
        db.ask(db.registrant.register(Set.of()).with(paths(Candidate.Kind.HOST, 1)));
        assertThat(measures.sum(relayed)).isEqualTo(2);
        assertThat(measures.sum(direct)).isEqualTo(1);
      }
      next();
      next();
      assertThat(next()).contains("left");
      assertThat(measures.sum(relayed)).isZero();
    }
  }

  private static PathCounts paths(Candidate.Kind kind, int count) {
    return new PathCounts(Map.of(Transport.UDP, Map.of(kind, count)));
  }

  @Test
  void tellsWhyARegistrationWasRefused() throws Exception {
    try (TestPeer peer = new TestPeer(server.address(), TestPeer.registrant(1, null, null));
        TestPeer other = new TestPeer(server.address(), TestPeer.registrant(2, null, null))) {
      peer.register(other.registrant.register(Set.of()));
      assertThat(next()).contains("registration refused", "not_allowed", other.self.id().label());
    }
    assertThat(measures.sum(Measure.REGISTRATION_NOT_ALLOWED)).isEqualTo(1);
  }

  private static Signal.Offer offer(TestPeer from, PeerName to) {
    return new Signal.Offer(new SessionId(1, 2), from.self, to, H2, Octets.of(new byte[600]));
  }

  private String next() throws InterruptedException {
    AccessEvent event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    JsonWriter json = new JsonWriter().object().put("event", event.event());
    event.write(json);
    return json.endObject().toString();
  }
}
