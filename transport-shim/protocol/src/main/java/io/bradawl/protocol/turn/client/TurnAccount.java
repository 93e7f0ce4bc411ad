package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.credential.Challenge;
import io.bradawl.protocol.stun.credential.LongTermClient;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.turn.RelayGrant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * With what to ask a TURN server for relaying.
 *
 * @param challenge what the server wants to see, if it has handed that out beforehand, which saves
 *     the round trip of a 401; otherwise {@code null}
 * @param lifetime for how long the server takes it, at most, from when it is used first; {@code
 *     null} if it does not end
 */
public record TurnAccount(
    LongTermCredential credential, @Nullable Challenge challenge, @Nullable Duration lifetime) {

  /**
   * An account of which the server has to be asked for realm and nonce.
   *
   * @throws IllegalArgumentException if one of both is empty
   */
  public static TurnAccount of(String username, String password) {
    return new TurnAccount(new LongTermCredential(username, password), null, null);
  }

  /** What a rendezvous grants. */
  public static TurnAccount of(RelayGrant grant) {
    LongTermCredential credential = new LongTermCredential(grant.username(), grant.password());
    return new TurnAccount(
        credential,
        grant.nonce().isEmpty()
            ? null
            : Challenge.handedOut(new StunRealm(grant.realm()), new Nonce(grant.nonce())),
        grant.lifetime());
  }

  LongTermClient login() {
    return new LongTermClient(credential, challenge);
  }
}
