package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.UserHash;
import io.bradawl.protocol.stun.credential.Accounts;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.turn.TimeLimitedCredentials;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users of the file first, then whoever has a time-limited credential. */
final class RelayUsers implements Accounts {

  private final Map<String, LongTermCredential> listed;
  private final TimeLimitedCredentials others;

  RelayUsers(Map<String, LongTermCredential> listed, TimeLimitedCredentials others) {
    this.listed = listed;
    this.others = others;
  }

  @Override
  public @Nullable IntegrityKey key(
      String username, String realm, PasswordAlgorithm algorithm, long now) {
    LongTermCredential user = listed.get(username);
    return user != null ? user.key(realm, algorithm) : others.key(username, realm, algorithm, now);
  }

  /** Time-limited names cannot be found by their hash, so anonymity is not offered. */
  @Override
  public @Nullable String named(UserHash hash, String realm) {
    return listed.values().stream()
        .filter(user -> user.hash(realm).equals(hash))
        .map(user -> user.username().name())
        .findFirst()
        .orElse(null);
  }
}
