package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.session.Sessions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A UDP port that peers may reach: registered as long as at least one socket is bound to it. The
 * newest gets offers.
 */
final class Exposure implements Sessions.OfferHandler {

  private final Sessions sessions;
  private final Service service;
  private final Deque<SocketPaths> newestFirst = new ArrayDeque<>();

  Exposure(Sessions sessions, Service service) {
    this.sessions = sessions;
    this.service = service;
    sessions.expose(service, this);
  }

  void add(SocketPaths paths) {
    newestFirst.addFirst(paths);
  }

  /** Whether that was the last one; then the port is no longer registered. */
  boolean remove(SocketPaths paths) {
    boolean last = newestFirst.remove(paths) && newestFirst.isEmpty();
    if (last) {
      sessions.conceal(service);
    }
    return last;
  }

  @Override
  public void offered(Sessions.IncomingOffer offer) {
    SocketPaths newest = newestFirst.peekFirst();
    if (newest == null) {
      offer.refuse(Reason.NOT_LISTENING, "nothing listens on " + service);
    } else {
      newest.offered(offer);
    }
  }

  @Override
  public void withdrawn(SessionId session) {
    newestFirst.forEach(paths -> paths.withdrawn(session));
  }
}
