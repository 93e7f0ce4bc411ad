package io.bradawl.agent.hook.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.noise.Agreement;
import io.bradawl.protocol.noise.Answering;
import io.bradawl.protocol.noise.NoiseException;
import io.bradawl.protocol.noise.Offering;
import io.bradawl.protocol.noise.SessionContext;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProofKeys;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.path.PathTally;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Sessions without a rendezvous: the peer called "self" is this process, nobody else exists. */
public final class SelfSessions implements Sessions {

  public static final PeerName SELF = new PeerName("self");

  private static final PeerInstance INSTANCE =
      new PeerInstance(new PeerId(Octets.of(new byte[PeerId.LENGTH])), 1);

  private final PathTally paths = new PathTally(counts -> {});
  private final DriverLoop loop;
  private final InetSocketAddress bindingServer;
  private final Map<Service, OfferHandler> exposed = new ConcurrentHashMap<>();

  public SelfSessions(DriverLoop loop, InetSocketAddress bindingServer) {
    this.loop = loop;
    this.bindingServer = bindingServer;
  }

  @Override
  public PathTally paths() {
    return paths;
  }

  public Map<Service, OfferHandler> exposed() {
    return exposed;
  }

  @Override
  public SessionId offer(
      PeerRef to, Service service, PathEnd mine, Duration patience, OfferOutcome outcome) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    SessionId id = new SessionId(random.nextLong(), random.nextLong());
    loop.execute(() -> deliver(id, to, service, mine, outcome));
    return id;
  }

  private void deliver(
      SessionId id, PeerRef to, Service service, PathEnd mine, OfferOutcome outcome) {
    OfferHandler handler = exposed.get(service);
    if (!to.equals(SELF)) {
      outcome.failed(Reason.UNKNOWN_PEER, "no such peer");
    } else if (handler == null) {
      outcome.failed(Reason.NOT_LISTENING, "nothing listens on " + service);
    } else {
      handler.offered(new Incoming(id, service, mine, outcome));
    }
  }

  @Override
  public void withdraw(SessionId session, PeerRef to) {
    loop.execute(() -> exposed.values().forEach(handler -> handler.withdrawn(session)));
  }

  @Override
  public void expose(Service service, OfferHandler handler) {
    exposed.put(service, handler);
  }

  @Override
  public void conceal(Service service) {
    exposed.remove(service);
  }

  @Override
  public void whenRegistered(Runnable then) {
    // Once, before anything that these tests look at.
  }

  @Override
  public boolean isGuarded() {
    return false;
  }

  @Override
  public CompletableFuture<InetSocketAddress> rendezvous() {
    return CompletableFuture.completedFuture(bindingServer);
  }

  /** Both views of one session, under the keys of a real handshake. */
  private AgreedSession view(
      SessionId id, Role role, SessionKeys keys, PathEnd own, PathEnd other) {
    long now = loop.now();
    PathSession path =
        new PathSession(
            id,
            role,
            ProofKeys.of(role, keys),
            own.candidates(),
            other.candidates(),
            now,
            now + PathSession.PATIENCE.toNanos(),
            Duration.ofMillis(2));
    return new AgreedSession(
        INSTANCE, other.port(), own.security().stricter(other.security()), path, keys);
  }

  private static X25519KeyPair freshKeys() {
    byte[] key = new byte[X25519KeyPair.LENGTH];
    ThreadLocalRandom.current().nextBytes(key);
    return X25519KeyPair.of(Secret.takeOver(key));
  }

  private final class Incoming implements IncomingOffer {

    private final SessionId id;
    private final Service service;
    private final PathEnd theirs;
    private final OfferOutcome outcome;

    Incoming(SessionId id, Service service, PathEnd theirs, OfferOutcome outcome) {
      this.id = id;
      this.service = service;
      this.theirs = theirs;
      this.outcome = outcome;
    }

    @Override
    public SessionId session() {
      return id;
    }

    @Override
    public PeerRef peer() {
      return SELF;
    }

    @Override
    public PathEnd theirs() {
      return theirs;
    }

    @Override
    public AgreedSession answer(PathEnd mine) {
      X25519KeyPair self = freshKeys();
      PeerId peer = new PeerId(self.publicKey());
      SessionContext context = new SessionContext(id, service, peer, peer);
      Octets nothing = Octets.of();
      try {
        Offering offer = Offering.seal(context, self, freshKeys(), null, nothing);
        Agreement answered =
            Answering.open(context, self, freshKeys(), null, offer.message()).seal(nothing);
        SessionKeys offererKeys = offer.accept(answered.octets()).keys();
        loop.execute(() -> outcome.answered(view(id, Role.OFFERER, offererKeys, theirs, mine)));
        return view(id, Role.ANSWERER, answered.keys(), mine, theirs);
      } catch (NoiseException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void refuse(Reason reason, String text) {
      loop.execute(() -> outcome.failed(reason, text));
    }
  }
}
