package io.bradawl.runtime.session;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.runtime.address.PeerAliases;
import io.bradawl.runtime.address.PeerFinder;
import io.bradawl.runtime.identity.Identity;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.path.PathTally;
import io.bradawl.runtime.signal.ServerRoute;
import io.bradawl.runtime.signal.Signalling;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings callers onto the loop, and what the rendezvous routes here to the side it is for. */
public final class SessionBroker implements Sessions, Signalling.Receiver {

  private final DriverLoop loop;
  private final Signalling signalling;
  private final PeerAliases aliases;
  private final PeerInstance self;
  private final SecureRandom random;
  private final OfferingSide offering;
  private final AnsweringSide answering;
  private final PathTally paths;
  private final List<Runnable> registrations = new ArrayList<>();

  /**
   * @param name what this peer claims in its realm, or {@code null}
   * @param realm lent; {@code null} without
   * @param allow who may open paths to this peer
   */
  public SessionBroker(
      DriverLoop loop,
      Signalling signalling,
      PeerAliases aliases,
      PeerFinder finder,
      Identity identity,
      @Nullable PeerName name,
      @Nullable Realm realm,
      AccessPolicy allow,
      SecureRandom random) {
    this.loop = loop;
    this.signalling = signalling;
    this.aliases = aliases;
    this.self = identity.self();
    this.random = random;
    this.paths = new PathTally(signalling::report);
    SessionSeal seal = new SessionSeal(identity, realm, random);
    NameClaim claim = realm == null || name == null ? null : realm.claim(name, self.id());
    offering = new OfferingSide(loop, signalling, finder, seal, self, claim);
    answering = new AnsweringSide(loop, signalling, aliases, seal, self, allow);
  }

  @Override
  public SessionId offer(
      PeerRef to, Service service, PathEnd mine, Duration patience, OfferOutcome outcome) {
    SessionId session = new SessionId(random.nextLong(), random.nextLong());
    loop.execute(() -> offering.offer(session, to, service, mine, patience, outcome));
    return session;
  }

  @Override
  public void withdraw(SessionId session, PeerRef to) {
    loop.execute(
        () -> {
          offering.drop(session);
          signalling.send(new Signal.Withdrawal(session, self, aliases.target(to)));
        });
  }

  @Override
  public void expose(Service service, OfferHandler handler) {
    loop.execute(() -> answering.expose(service, handler));
  }

  @Override
  public void conceal(Service service) {
    loop.execute(() -> answering.conceal(service));
  }

  @Override
  public PathTally paths() {
    return paths;
  }

  @Override
  public CompletableFuture<InetSocketAddress> rendezvous() {
    return signalling.server();
  }

  @Override
  public boolean isGuarded() {
    ServerRoute route = signalling.route();
    return route != null && route.tls();
  }

  @Override
  public void doubt() {
    signalling.doubt();
  }

  @Override
  public void whenRegistered(Runnable then) {
    loop.execute(() -> registrations.add(then));
  }

  @Override
  public void whenSettled(Duration patience, Consumer<@Nullable String> then) {
    CompletableFuture<Void> registered = signalling.registered();
    if (registered.isDone()) {
      then.accept(null);
      return;
    }
    CompletableFuture<@Nullable String> settled = new CompletableFuture<>();
    settled.thenAccept(then);
    String late = "not registered at a rendezvous within " + patience.toMillis() + " ms";
    DriverLoop.Timer limit = loop.at(loop.now() + patience.toNanos(), () -> settled.complete(late));
    registered.whenCompleteAsync(
        (ok, problem) -> {
          limit.cancel();
          settled.complete(null);
        },
        loop);
  }

  @Override
  public void received(Signal.Indication signal) {
    if (signal instanceof Signal.Offer offer) {
      answering.offered(offer);
    } else if (signal instanceof Signal.Answer answer) {
      offering.answered(answer);
    } else if (signal instanceof Signal.Refusal refusal) {
      offering.refused(refusal);
    } else if (signal instanceof Signal.Withdrawal withdrawal) {
      answering.withdrawn(withdrawal.session());
    }
  }

  @Override
  public void registered() {
    offering.sendAgain();
    loop.execute(() -> registrations.forEach(Runnable::run)); // when the relay's grant is in, too
  }
}
