package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.session.Sessions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A port that peers may reach: registered as long as at least one listener is bound to it. The
 * newest gets offers.
 */
final class ServedPort implements Sessions.OfferHandler {

  private final Sessions sessions;
  private final Service service;
  private final Deque<ServedListener> newestFirst = new ArrayDeque<>();

  ServedPort(Sessions sessions, Service service) {
    this.sessions = sessions;
    this.service = service;
    sessions.expose(service, this);
  }

  void add(ServedListener listener) {
    newestFirst.addFirst(listener);
  }

  @Nullable ServedListener find(AppListener app) {
    return newestFirst.stream().filter(listener -> listener.app() == app).findFirst().orElse(null);
  }

  /** Whether nothing listens on the port any more; then it is no longer registered. */
  boolean close(AppListener app) {
    for (Iterator<ServedListener> each = newestFirst.iterator(); each.hasNext(); ) {
      ServedListener listener = each.next();
      if (listener.app() == app) {
        each.remove();
        listener.close();
      }
    }
    if (newestFirst.isEmpty()) {
      sessions.conceal(service);
    }
    return newestFirst.isEmpty();
  }

  @Override
  public void offered(Sessions.IncomingOffer offer) {
    ServedListener newest = newestFirst.peekFirst();
    if (newest == null) {
      offer.refuse(Reason.NOT_LISTENING, "nothing listens on " + service);
    } else {
      newest.offered(offer);
    }
  }

  @Override
  public void withdrawn(SessionId session) {
    newestFirst.forEach(listener -> listener.withdrawn(session));
  }
}
