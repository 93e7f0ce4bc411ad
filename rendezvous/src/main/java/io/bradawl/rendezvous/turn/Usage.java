package io.bradawl.rendezvous.turn;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one allocation has relayed, and what it may. */
final class Usage {

  private final @Nullable Meter all;
  private final @Nullable Meter user;
  private final long since;
  private long toPeers;
  private long toClient;

  /**
   * @param all what everybody may relay together, or {@code null}
   * @param user what its user may relay, or {@code null}
   * @param now nanoseconds
   */
  Usage(@Nullable Meter all, @Nullable Meter user, long now) {
    this.all = all;
    this.user = user;
    this.since = now;
  }

  /** Whether a payload may go on to a peer; counts it if so. */
  boolean passToPeer(int octets, long now) {
    if (!within(octets, now)) {
      return false;
    }
    toPeers += octets;
    return true;
  }

  /** Whether a payload may go on to the client; counts it if so. */
  boolean passToClient(int octets, long now) {
    if (!within(octets, now)) {
      return false;
    }
    toClient += octets;
    return true;
  }

  /** Counts octets of a stream, and tells how long to wait after them: nanoseconds. */
  long chargeToPeer(int octets, long now) {
    toPeers += octets;
    return charge(octets, now);
  }

  /** The same in the other direction. */
  long chargeToClient(int octets, long now) {
    toClient += octets;
    return charge(octets, now);
  }

  private long charge(int octets, long now) {
    return Math.max(
        user == null ? 0 : user.charge(octets, now), all == null ? 0 : all.charge(octets, now));
  }

  long toPeers() {
    return toPeers;
  }

  long toClient() {
    return toClient;
  }

  Duration lived(long now) {
    return Duration.ofNanos(now - since);
  }

  private boolean within(int octets, long now) {
    return (user == null || user.take(octets, now)) && (all == null || all.take(octets, now));
  }
}
