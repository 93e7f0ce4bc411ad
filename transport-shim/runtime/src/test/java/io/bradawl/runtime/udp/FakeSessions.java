package io.bradawl.runtime.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProofKeys;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.path.PathTally;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Both peers of a test: offers go to whatever is exposed, as coming from the other one. */
final class FakeSessions implements Sessions {

  volatile PathCounts counted = PathCounts.NONE;
  private final PathTally paths = new PathTally(now -> counted = now);

  private static final PeerInstance INSTANCE =
      new PeerInstance(new PeerId(Octets.of(new byte[PeerId.LENGTH])), 1);

  final Map<Service, OfferHandler> exposed = new HashMap<>();
  final List<SessionId> withdrawn = new ArrayList<>();
  CompletableFuture<InetSocketAddress> rendezvous = new CompletableFuture<>();
  final List<Runnable> registrations = new ArrayList<>();
  int offers;

  /** Whether it waits for a rendezvous. */
  private boolean settling;

  private final List<Consumer<@Nullable String>> unsettled = new ArrayList<>();

  /** Of whoever answers, beside what it tells. */
  @Nullable Candidate relayed;

  private final DriverLoop loop;
  private final PeerRef one;
  private final PeerRef other;

  FakeSessions(DriverLoop loop, PeerRef one, PeerRef other) {
    this.loop = loop;
    this.one = one;
    this.other = other;
  }

  @Override
  public SessionId offer(
      PeerRef to, Service service, PathEnd mine, Duration patience, OfferOutcome outcome) {
    SessionId id = new SessionId(7, ++offers);
    loop.execute(
        () -> {
          OfferHandler handler = exposed.get(service);
          if (handler == null) {
            outcome.failed(Reason.NOT_LISTENING, "nothing listens on " + service);
          } else {
            handler.offered(new Incoming(id, to.equals(one) ? other : one, mine, outcome));
          }
        });
    return id;
  }

  @Override
  public void withdraw(SessionId session, PeerRef to) {
    withdrawn.add(session);
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
  public PathTally paths() {
    return paths;
  }

  @Override
  public void whenRegistered(Runnable then) {
    registrations.add(then);
  }

  void unsettle() {
    settling = true;
  }

  void settle(@Nullable String problem) {
    settling = false;
    unsettled.forEach(then -> loop.execute(() -> then.accept(problem)));
    unsettled.clear();
  }

  @Override
  public void whenSettled(Duration patience, Consumer<@Nullable String> then) {
    if (settling) {
      unsettled.add(then);
    } else {
      then.accept(null);
    }
  }

  @Override
  public boolean isGuarded() {
    return false;
  }

  @Override
  public CompletableFuture<InetSocketAddress> rendezvous() {
    return rendezvous;
  }

  private final class Incoming implements IncomingOffer {

    private final SessionId id;
    private final PeerRef from;
    private final PathEnd theirs;
    private final OfferOutcome outcome;

    Incoming(SessionId id, PeerRef from, PathEnd theirs, OfferOutcome outcome) {
      this.id = id;
      this.from = from;
      this.theirs = theirs;
      this.outcome = outcome;
    }

    @Override
    public SessionId session() {
      return id;
    }

    @Override
    public PeerRef peer() {
      return from;
    }

    @Override
    public PathEnd theirs() {
      return theirs;
    }

    @Override
    public AgreedSession answer(PathEnd mine) {
      loop.execute(() -> outcome.answered(agreed(Role.OFFERER, theirs, mine)));
      return agreed(Role.ANSWERER, mine, theirs);
    }

    private AgreedSession agreed(Role role, PathEnd own, PathEnd other) {
      PathSession path =
          new PathSession(
              id,
              role,
              ProofKeys.of(Octets.of(new byte[32]), Octets.of(new byte[32])),
              own.candidates(),
              role == Role.OFFERER ? withRelayed(other.candidates()) : other.candidates(),
              loop.now(),
              loop.now() + PathSession.PATIENCE.toNanos(),
              Duration.ZERO);
      return new AgreedSession(
          INSTANCE, other.port(), own.security().stricter(other.security()), path, keys(role));
    }

    private List<Candidate> withRelayed(List<Candidate> told) {
      List<Candidate> all = new ArrayList<>(told);
      if (relayed != null) {
        all.add(relayed);
      }
      return all;
    }

    /** Others for each session and direction. */
    private SessionKeys keys(Role role) {
      Role peer = role == Role.OFFERER ? Role.ANSWERER : Role.OFFERER;
      return new SessionKeys(direction(role), direction(peer), Octets.of());
    }

    private SessionKeys.Direction direction(Role sender) {
      return new SessionKeys.Direction(secret(sender, 1), secret(sender, 2), secret(sender, 3));
    }

    private Secret secret(Role sender, int purpose) {
      ByteBuffer key = ByteBuffer.allocate(32);
      key.putLong(id.low()).putInt(sender.ordinal()).putInt(purpose);
      return Secret.takeOver(key.array());
    }

    @Override
    public void refuse(Reason reason, String text) {
      loop.execute(() -> outcome.failed(reason, text));
    }
  }
}
