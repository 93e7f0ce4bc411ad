package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions.OfferOutcome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The offers of one socket that wait for an answer. On the driver loop only. */
final class Offers {

  /** What becomes of an offer. */
  interface Listener {
    void agreed(Route route, AgreedSession agreed, long askedAt);

    void failed(Route route, String text);
  }

  private final UdpTables tables;
  private final Surroundings with;
  private final Aftermath aftermath;
  private final Listener listener;

  /** By route, none longer than until the answer; null while the offer is being prepared. */
  private final Map<Route, @Nullable Attempt> attempts = new HashMap<>();

  Offers(UdpTables tables, Surroundings with, Aftermath aftermath, Listener listener) {
    this.tables = tables;
    this.with = with;
    this.aftermath = aftermath;
    this.listener = listener;
  }

  boolean isEmpty() {
    return attempts.isEmpty();
  }

  boolean concern(Route route) {
    return attempts.containsKey(route);
  }

  /** An offer will be made, once it is known what to offer. */
  void prepare(Route route) {
    attempts.put(route, null);
  }

  void make(Route route, PathEnd mine, long askedAt) {
    Attempt attempt = new Attempt(route, askedAt);
    attempts.put(route, attempt);
    Service service = new Service(Transport.UDP, route.virtual.getPort());
    SessionId id = with.sessions().offer(route.peer, service, mine, PathSession.PATIENCE, attempt);
    attempt.session = id;
    tables.offers.add(id);
  }

  /** An answer is no longer needed; should it come all the same, it is turned down. */
  void drop(Route route) {
    attempts.remove(route);
  }

  void close() {
    attempts.values().forEach(this::withdraw);
    attempts.clear();
  }

  /** Checks of the other peer, which may have been stopped meanwhile, can still be on the way. */
  private void forget(SessionId session) {
    aftermath.add(() -> tables.offers.remove(session));
  }

  private void withdraw(@Nullable Attempt attempt) {
    if (attempt != null && attempt.session != null) {
      with.sessions().withdraw(attempt.session, attempt.route.peer);
    }
  }

  private final class Attempt implements OfferOutcome {

    final Route route;
    final long askedAt;
    @Nullable SessionId session;

    Attempt(Route route, long askedAt) {
      this.route = route;
      this.askedAt = askedAt;
    }

    @Override
    public void answered(AgreedSession agreed) {
      SessionId id = agreed.path().id();
      if (attempts.remove(route, this)) {
        listener.agreed(route, agreed, askedAt);
        tables.offers.remove(id);
      } else {
        with.sessions().withdraw(id, agreed.with().id());
        agreed.wipe();
        forget(id);
      }
    }

    @Override
    public void failed(Reason reason, String text) {
      if (session != null) {
        forget(session);
      }
      if (attempts.remove(route, this)) {
        listener.failed(route, text);
      }
    }
  }
}
