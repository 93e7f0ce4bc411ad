package io.bradawl.runtime.session;

import io.bradawl.protocol.peer.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which refusals are worth a line in the log: one per peer and minute, and no more than a few per
 * minute of all peers together, since ids cost an attacker nothing.
 */
final class RefusalQuota {

  static final long PERIOD = Duration.ofMinutes(1).toNanos();
  static final int MAX_PER_PERIOD = 20;

  /** Peers refused in this period, and when. */
  private final Map<PeerId, Long> lines = new HashMap<>();

  /**
   * @param now monotonic nanoseconds
   */
  boolean permits(PeerId peer, long now) {
    lines.values().removeIf(at -> now - at >= PERIOD);
    return lines.size() < MAX_PER_PERIOD && lines.putIfAbsent(peer, now) == null;
  }
}
