package io.bradawl.protocol.stun.credential;

import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.UserHash;
import org.jspecify.annotations.Nullable;

/** Whom a server knows. Looked up once for each request, so it must not block. */
public interface Accounts {

  /**
   * The key of a user; {@code null} if there is none of that name, or no longer.
   *
   * @param now seconds since 1970
   */
  @Nullable IntegrityKey key(String username, String realm, PasswordAlgorithm algorithm, long now);

  /**
   * The name of the user whom {@code hash} stands for; {@code null} if it stands for nobody here.
   */
  default @Nullable String named(UserHash hash, String realm) {
    return null;
  }
}
