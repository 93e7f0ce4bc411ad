package io.bradawl.rendezvous.turn;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may relay how much. One meter for all, and one for each user that has an allocation. */
final class Bandwidth {

  private static final class Share {
    final Meter meter;
    int holders;

    Share(Meter meter) {
      this.meter = meter;
    }
  }

  private final RelayQuotas quotas;
  private final @Nullable Meter all;
  private final Map<String, Share> users = new HashMap<>();

  Bandwidth(RelayQuotas quotas, long now) {
    this.quotas = quotas;
    this.all = quotas.bytesPerSecond() == 0 ? null : new Meter(quotas.bytesPerSecond(), now);
  }

  /** The meter of all, or {@code null} if there is no limit. */
  @Nullable Meter all() {
    return all;
  }

  /** The meter that all allocations of a user share, or {@code null} if there is no limit. */
  synchronized @Nullable Meter enter(String user, long now) {
    if (quotas.bytesPerSecondOfUser() == 0) {
      return null;
    }
    Share share =
        users.computeIfAbsent(user, u -> new Share(new Meter(quotas.bytesPerSecondOfUser(), now)));
    share.holders++;
    return share.meter;
  }

  /** Undoes one {@link #enter}. */
  synchronized void leave(String user) {
    users.computeIfPresent(user, (same, share) -> --share.holders == 0 ? null : share);
  }
}
