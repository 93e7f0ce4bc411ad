package io.bradawl.agent.hook.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.PathDescription;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.session.Sessions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Sessions without a rendezvous: the peer called "self" is this process, nobody else exists. */
final class SelfSessions implements Sessions {

  static final PeerName SELF = new PeerName("self");

  private static final PeerInstance INSTANCE =
      new PeerInstance(new PeerId(Octets.of(new byte[PeerId.LENGTH])), 1);

  private final DriverLoop loop;
  private final InetSocketAddress bindingServer;
  private final Map<Service, OfferHandler> exposed = new ConcurrentHashMap<>();

  SelfSessions(DriverLoop loop, InetSocketAddress bindingServer) {
    this.loop = loop;
    this.bindingServer = bindingServer;
  }

  Map<Service, OfferHandler> exposed() {
    return exposed;
  }

  @Override
  public SessionId offer(
      PeerRef to, Service service, PathDescription mine, Duration patience, OfferOutcome outcome) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    SessionId id = new SessionId(random.nextLong(), random.nextLong());
    loop.execute(() -> deliver(id, to, service, mine, outcome));
    return id;
  }

  private void deliver(
      SessionId id, PeerRef to, Service service, PathDescription mine, OfferOutcome outcome) {
    OfferHandler handler = exposed.get(service);
    if (!to.equals(SELF)) {
      outcome.failed(Reason.UNKNOWN_PEER, "no such peer");
    } else if (handler == null) {
      outcome.failed(Reason.NOT_LISTENING, "nothing listens on " + service);
    } else {
      handler.offered(new Incoming(id, mine, outcome));
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
  public CompletableFuture<InetSocketAddress> rendezvous() {
    return CompletableFuture.completedFuture(bindingServer);
  }

  @Override
  public Duration rendezvousRtt() {
    return Duration.ofMillis(1);
  }

  private final class Incoming implements IncomingOffer {

    private final SessionId id;
    private final PathDescription theirs;
    private final OfferOutcome outcome;

    Incoming(SessionId id, PathDescription theirs, OfferOutcome outcome) {
      this.id = id;
      this.theirs = theirs;
      this.outcome = outcome;
    }

    @Override
    public SessionId session() {
      return id;
    }

    @Override
    public PeerInstance from() {
      return INSTANCE;
    }

    @Override
    public PeerRef fromRef() {
      return SELF;
    }

    @Override
    public PathDescription theirs() {
      return theirs;
    }

    @Override
    public void answer(PathDescription mine) {
      loop.execute(() -> outcome.answered(INSTANCE, mine));
    }

    @Override
    public void refuse(Reason reason, String text) {
      loop.execute(() -> outcome.failed(reason, text));
    }
  }
}
