package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys of an answered offer that comes to nothing are wiped. */
class AnswerKeysTest {

  private final KeyWatch watch = new KeyWatch();
  private final Listener app = new Listener();
  private ServedListener listener;

  @BeforeEach
  void listen() throws Exception {
    watch.onLoop(() -> listener = new ServedListener(watch.with, app));
  }

  @AfterEach
  void endLoop() {
    watch.close();
  }

  @Test
  void ofAnOfferThatIsWithdrawnWhilePunching() throws Exception {
    answer(PathSession.PATIENCE);
    watch.onLoop(() -> listener.withdrawn(KeyWatch.SESSION));
    watch.assertWiped();
  }

  @Test
  void ofAListenerThatIsClosedWhilePunching() throws Exception {
    answer(PathSession.PATIENCE);
    watch.onLoop(() -> listener.close());
    watch.assertWiped();
  }

  @Test
  void ofAPunchThatFindsNoPath() throws Exception {
    answer(Duration.ofMillis(10));
    app.forgot.get(1, TimeUnit.MINUTES);
    watch.assertWiped();
  }

  private void answer(Duration patience) throws Exception {
    Offer offer = new Offer(patience);
    watch.onLoop(() -> listener.offered(offer));
    offer.answered.get(1, TimeUnit.MINUTES);
  }

  private static TransportAddress loopback(int port) {
    return new TransportAddress(InetAddress.getLoopbackAddress(), port);
  }

  private final class Offer implements Sessions.IncomingOffer {

    final CompletableFuture<PathEnd> answered = new CompletableFuture<>();
    private final Duration patience;

    Offer(Duration patience) {
      this.patience = patience;
    }

    @Override
    public SessionId session() {
      return KeyWatch.SESSION;
    }

    @Override
    public PeerRef peer() {
      return new PeerName("web");
    }

    @Override
    public PathEnd theirs() {
      Candidate relayed = new Candidate(Candidate.Kind.RELAYED, loopback(40000));
      return new PathEnd(40000, Security.ENCRYPTED, List.of(relayed));
    }

    @Override
    public AgreedSession answer(PathEnd mine) {
      answered.complete(mine);
      return watch.agreed(Role.ANSWERER, mine.candidates(), patience);
    }

    @Override
    public void refuse(Reason reason, String text) {
      answered.completeExceptionally(new AssertionError(reason + ": " + text));
    }
  }

  /** Shares its port with nobody, so that none has to be bound. */
  private static final class Listener implements AppListener {

    final CompletableFuture<InetSocketAddress> forgot = new CompletableFuture<>();

    @Override
    public InetSocketAddress local() {
      return new InetSocketAddress("192.0.2.1", 9092);
    }

    @Override
    public ReuseMode reuse() {
      return ReuseMode.OFF;
    }

    @Override
    public void makeReusable() {}

    @Override
    public void expect(InetSocketAddress remote) {}

    @Override
    public void forget(InetSocketAddress remote) {
      forgot.complete(remote);
    }

    @Override
    public boolean deliver(SocketChannel connection, InetSocketAddress remote) {
      return false;
    }

    @Override
    public boolean waiting() {
      return false;
    }

    @Override
    public void ring() {}
  }
}
