package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.UserHash;
import io.bradawl.protocol.stun.credential.Accounts;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.turn.TimeLimitedCredentials;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users of the file first, then whoever has a time-limited credential. Any thread may ask; one of
 * them looks after the file.
 */
final class RelayUsers implements Accounts {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous.turn");

  private final @Nullable UsersFile file;
  private final TimeLimitedCredentials others;
  private volatile Map<String, LongTermCredential> listed;

  /**
   * @param file {@code null} for none
   * @throws IOException if it cannot be read or makes no sense; the message names it
   */
  RelayUsers(@Nullable UsersFile file, TimeLimitedCredentials others) throws IOException {
    this.file = file;
    this.others = others;
    this.listed = file == null ? Map.of() : file.read();
  }

  /** Reads the file again if it was changed; one that makes no sense changes nothing. */
  void refresh() {
    try {
      Map<String, LongTermCredential> changed = file == null ? null : file.readIfChanged();
      if (changed != null) {
        listed = changed;
        LOG.info("{} listed users may relay from now on", changed.size());
      }
    } catch (IOException e) {
      LOG.error("{}; the same users as before may relay", e.getMessage());
    }
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
