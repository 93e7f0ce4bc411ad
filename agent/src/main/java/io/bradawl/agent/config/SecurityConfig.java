package io.bradawl.agent.config;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.crypto.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What the user has set about who this process is, whom it lets in and how paths are secured.
 *
 * @param realmSecret for {@link io.bradawl.protocol.realm.Realm#of}, which wipes it; {@code null}
 *     without a realm
 * @param identityKey the private key of 32 octets, for the runtime to take over; {@code null} for
 *     one of this run only
 * @param allow who may open paths to this process
 * @param expose what they may open paths to
 */
public record SecurityConfig(
    @Nullable Secret realmSecret,
    @Nullable Secret identityKey,
    AccessPolicy allow,
    ExposedPorts expose,
    PathSecurity tcp,
    PathSecurity udp) {

  /** Wipes what nothing will use. */
  public void discardSecrets() {
    if (realmSecret != null) {
      realmSecret.close();
    }
    if (identityKey != null) {
      identityKey.close();
    }
  }
}
