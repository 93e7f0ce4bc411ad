package io.bradawl.protocol.noise;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.signal.SessionId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which sessions were offered lately, so that an offer which is delivered twice is answered once.
 * Bounded: after {@code capacity} newer offers a session is forgotten. Only offers that opened,
 * from peers that are allowed in, may be entered, or strangers push others out.
 */
public final class OfferHistory {

  private record Offered(PeerId offerer, SessionId session) {}

  private final Map<Offered, Boolean> seen;

  /** Remembers the newest {@code capacity} sessions, about 200 octets each. */
  public OfferHistory(int capacity) {
    seen =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Offered, Boolean> eldest) {
            return size() > capacity;
          }
        };
  }

  /** Enters the session of an offer that was opened; {@code false} if it was there already. */
  public boolean enter(SessionContext context) {
    return seen.putIfAbsent(new Offered(context.offerer(), context.session()), true) == null;
  }
}
