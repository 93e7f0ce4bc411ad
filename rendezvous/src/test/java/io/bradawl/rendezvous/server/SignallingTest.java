package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.signal.SignalMethod;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.RawAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.rendezvous.admission.Limits;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class SignallingTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final SessionId SESSION = new SessionId(1, 2);
  private static final Octets DESCRIPTION = Octets.of(new byte[600]);
  private static final PeerName DB = new PeerName("db");

  @RegisterExtension final LoopbackServer server = new LoopbackServer();

  @Test
  void registersAndFinds() throws Exception {
    try (TestPeer db = server.peer(1, "db");
        TestPeer web = server.peer(2, "web")) {
      assertThat(db.register(H2))
          .isEqualTo(new Signal.Registered(db.local(), Limits.DEFAULT.silence()));
      web.register();
      Signal.Found found =
          new Signal.Found(db.self.id(), TestPeer.REALM.accessKey(), db.registrant.claim());
      assertThat(web.ask(new Signal.Lookup(DB))).isEqualTo(found);
      assertThat(web.ask(new Signal.Lookup(db.self.id()))).isEqualTo(found);
      assertThat(TestPeer.REALM.verifies(found.claim())).isTrue();
      assertThat(web.ask(new Signal.Lookup(new PeerName("nobody"))))
          .isEqualTo(new Signal.Rejected(Reason.UNKNOWN_PEER, "no peer nobody is registered"));
    }
  }

  @Test
  void carriesOfferAnswerRefusalAndWithdrawal() throws Exception {
    try (TestPeer db = server.peer(1, "db");
        TestPeer web = server.peer(2, "web")) {
      db.register(H2);
      web.register();
      Signal.Offer offer = offer(web, DB);
      web.tell(offer);
      assertThat(db.hear()).isEqualTo(offer);

      Signal.Answer answer = new Signal.Answer(SESSION, db.self, web.self, DESCRIPTION);
      db.tell(answer);
      assertThat(web.hear()).isEqualTo(answer);

      Signal.Refusal refusal = new Signal.Refusal(SESSION, web.self, Reason.NOT_ALLOWED, "no");
      db.tell(refusal);
      assertThat(web.hear()).isEqualTo(refusal);

      Signal.Withdrawal withdrawal = new Signal.Withdrawal(SESSION, web.self, DB);
      web.tell(withdrawal);
      assertThat(db.hear()).isEqualTo(withdrawal);
    }
  }

  @Test
  void refusesOffersThatNobodyTakes() throws Exception {
    try (TestPeer db = server.peer(1, "db");
        TestPeer web = server.peer(2, "web")) {
      db.register();
      web.register();
      web.tell(offer(web, DB));
      assertRefused(web.hear(), Reason.NOT_LISTENING, "db tcp/9092: not listening");
      web.tell(offer(web, new PeerName("nobody")));
      assertRefused(web.hear(), Reason.UNKNOWN_PEER, "nobody tcp/9092: unknown peer");
    }
  }

  @Test
  void nobodyOffersInAnothersPlace() throws Exception {
    try (TestPeer db = server.peer(1, "db");
        TestPeer mallory = server.peer(2, "mallory")) {
      db.register(H2);
      mallory.tell(offer(mallory, DB));
      assertRefused(mallory.hear(), Reason.NOT_ALLOWED, "not who registered here");
      mallory.register();
      mallory.tell(new Signal.Offer(SESSION, db.self, DB, H2, DESCRIPTION));
      assertRefused(mallory.hear(), Reason.NOT_ALLOWED, "not who registered here");

      mallory.tell(new Signal.Answer(SESSION, db.self, db.self, DESCRIPTION));
      mallory.tell(new Signal.Withdrawal(SESSION, db.self, DB));
      mallory.tell(offer(mallory, DB));
      assertThat(db.hear()).as("the first that gets through").isEqualTo(offer(mallory, DB));
    }
  }

  @Test
  void aConnectionStaysWithItsPeer() throws Exception {
    try (TestPeer peer = server.peer(1, "db")) {
      peer.register(H2);
      Signal answer = peer.ask(TestPeer.registrant(9, null, null).register(Set.of()));
      assertThat(answer)
          .isInstanceOfSatisfying(
              Signal.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Reason.NOT_ALLOWED));
    }
  }

  @Test
  void aProcessThatComesBackReplacesItsOldConnection() throws Exception {
    try (TestPeer old = server.peer(1, "db");
        TestPeer again = new TestPeer(server.address(), old.registrant);
        TestPeer web = server.peer(2, "web")) {
      old.register(H2);
      again.register(H2);
      old.awaitClosed();
      web.register();
      web.tell(offer(web, DB));
      assertThat(again.hear()).isEqualTo(offer(web, DB));
    }
  }

  @Test
  void theNewestInstanceThatServesGetsTheOfferAndTheOthersStepIn() throws Exception {
    try (TestPeer first = server.peer(1, "db");
        TestPeer web = server.peer(3, "web")) {
      first.register(H2);
      web.register();
      try (TestPeer second = server.peer(2, "db")) {
        second.register(H2);
        web.tell(offer(web, DB));
        assertThat(second.hear()).isEqualTo(offer(web, DB));
        second.register();
        web.tell(offer(web, DB));
        assertThat(first.hear()).as("the newest stopped serving").isEqualTo(offer(web, DB));
      }
      awaitFound(web, DB, first);
      web.tell(offer(web, DB));
      assertThat(first.hear()).isEqualTo(offer(web, DB));
    }
  }

  @Test
  void whoeverLeavesIsForgotten() throws Exception {
    try (TestPeer web = server.peer(2, "web")) {
      web.register();
      try (TestPeer db = server.peer(1, "db")) {
        db.register(H2);
      }
      awaitFound(web, DB, null);
    }
  }

  @Test
  void malformedRequestsAreAnsweredAndTheConnectionStays() throws Exception {
    try (TestPeer peer = server.peer(1, "db")) {
      StunMessage empty = StunMessage.request(SignalMethod.REGISTER, new TransactionId(1, 1));
      assertThat(peer.ask(empty).first(ErrorCode.class))
          .isEqualTo(new ErrorCode(400, "VERSION is missing"));
      StunMessage strange = empty.plus(new RawAttribute(0x7BFF, Octets.of()));
      StunMessage answer = peer.ask(strange);
      assertThat(answer.is(StunClass.ERROR, SignalMethod.REGISTER)).isTrue();
      assertThat(answer.first(ErrorCode.class).code()).isEqualTo(420);
      assertThat(peer.register()).isInstanceOf(Signal.Registered.class);
    }
  }

  private static Signal.Offer offer(TestPeer from, PeerRef to) {
    return new Signal.Offer(SESSION, from.self, to, H2, DESCRIPTION);
  }

  private static void assertRefused(Signal heard, Reason reason, String text) {
    assertThat(heard)
        .isInstanceOfSatisfying(
            Signal.Refusal.class,
            refusal -> {
              assertThat(refusal.session()).isEqualTo(SESSION);
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.text()).contains(text);
            });
  }

  /** The server notices the end of a connection in its own time; {@code null} stands for nobody. */
  private static void awaitFound(TestPeer asking, PeerRef whom, TestPeer expected)
      throws Exception {
    boolean done = false;
    while (!done) {
      Signal answer = asking.ask(new Signal.Lookup(whom));
      done =
          expected == null
              ? answer instanceof Signal.Rejected
              : answer instanceof Signal.Found found && found.id().equals(expected.self.id());
    }
  }
}
