package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.loop.ManualLoop;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a session ends, none of its secrets outlives it. */
class WipingTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);

  private final ManualLoop loop = new ManualLoop();
  private final LiveHeap heap = new LiveHeap();
  private final SessionPeer db = new SessionPeer(loop, "db", AccessPolicy.EVERYONE, watched());
  private final SessionPeer web = new SessionPeer(loop, "web", AccessPolicy.EVERYONE, watched());

  @TempDir private Path directory;

  @BeforeEach
  void meet() {
    web.signalling.knows("db", db.id());
    db.exposes(H2);
  }

  @Test
  void keysThatAreHeldAreFound() throws Exception {
    web.offers("db", H2, end());
    assertThat(heap.remembered()).isOne();
    assertThat(heap.found(directory)).isOne();
    web.offers("db", H2, end()); // so that the peers are held until here
  }

  @Test
  void nothingRemainsOfARefusedOffer() throws Exception {
    web.offers("db", H2, end());
    web.deliverTo(db);
    db.offers.remove(0).refuse(Reason.QUOTA, "no more");
    db.deliverTo(web);
    assertThat(web.failures).hasSize(1);
    assertNothingRemains(2);
  }

  @Test
  void nothingRemainsOfAnOfferThatIsNotAllowed() throws Exception {
    SessionPeer shut = new SessionPeer(loop, "shut", AccessPolicy.NOBODY, watched());
    web.signalling.knows("shut", shut.id());
    shut.exposes(H2);
    web.offers("shut", H2, end());
    web.deliverTo(shut);
    shut.deliverTo(web);
    assertThat(web.failures).hasSize(1);
    assertNothingRemains(2);
  }

  @Test
  void nothingRemainsOfAnOfferThatNobodyAnswers() throws Exception {
    web.offers("db", H2, end());
    web.deliverTo(db);
    loop.pass(Duration.ofSeconds(6).toNanos());
    web.deliverTo(db);
    assertThat(web.failures).hasSize(1);
    assertNothingRemains(2);
  }

  @Test
  void nothingRemainsOfAWithdrawnOfferAndItCannotBeAnswered() throws Exception {
    SessionId session = web.offers("db", H2, end());
    web.broker.withdraw(session, db.id());
    loop.drain();
    web.deliverTo(db);
    Sessions.IncomingOffer late = db.offers.remove(0);
    assertThatThrownBy(() -> late.answer(end())).isInstanceOf(IllegalStateException.class);
    assertNothingRemains(2);
  }

  @Test
  void nothingButTheKeysRemainsOfASession() throws Exception {
    web.offers("db", H2, end());
    web.deliverTo(db);
    SessionKeys answered = db.answers(end()).keys();
    db.deliverTo(web);
    SessionKeys offered = web.agreed.remove(0).keys();
    assertNothingRemains(2);
    for (SessionKeys keys : List.of(answered, offered)) {
      heap.remember(keys.sending().stream().toByteArray());
      heap.remember(keys.sending().datagrams().toByteArray());
      keys.close();
    }
    assertNothingRemains(6);
  }

  /** The peers themselves go on. */
  private void assertNothingRemains(int secrets) throws Exception {
    assertThat(heap.remembered()).isEqualTo(secrets);
    assertThat(heap.found(directory)).isZero();
    assertThat(List.of(db.id(), web.id())).doesNotContainNull();
  }

  /** The private keys of handshakes come out of it; identities are drawn before it is used. */
  private SecureRandom watched() {
    return new SecureRandom() {
      private static final long serialVersionUID = 1;

      @Override
      public void nextBytes(byte[] octets) {
        super.nextBytes(octets);
        if (octets.length == X25519KeyPair.LENGTH) {
          heap.remember(octets);
        }
      }
    };
  }

  private static PathEnd end() {
    TransportAddress address = new TransportAddress(InetAddress.getLoopbackAddress(), 9092);
    return new PathEnd(
        9092, Security.ENCRYPTED, List.of(new Candidate(Candidate.Kind.HOST, address)));
  }
}
