package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.realm.AccessKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The realms of those who are there, each key once: thousands of peers state the same one, and each
 * statement brings a copy.
 */
final class Realms {

  private static final class Members {
    final AccessKey realm;
    int count;

    Members(AccessKey realm) {
      this.realm = realm;
    }
  }

  private final Map<AccessKey, Members> realms = new HashMap<>();

  /** One more is there; returns the key to keep in place of {@code stated}. */
  @Nullable AccessKey enter(@Nullable AccessKey stated) {
    if (stated == null) {
      return null;
    }
    Members members = realms.computeIfAbsent(stated, Members::new);
    members.count++;
    return members.realm;
  }

  /** Undoes one {@link #enter}. */
  void leave(@Nullable AccessKey realm) {
    if (realm != null) {
      realms.computeIfPresent(realm, (same, members) -> --members.count == 0 ? null : members);
    }
  }

  /** How many there are. */
  int size() {
    return realms.size();
  }
}
