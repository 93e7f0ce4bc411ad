package io.bradawl.runtime.identity;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import java.security.SecureRandom;

/** The key pair of this peer and the number of this process. */
public final class Identity {

  private final X25519KeyPair keys;
  private final PeerInstance self;

  private Identity(X25519KeyPair keys, long instance) {
    this.keys = keys;
    this.self = new PeerInstance(new PeerId(keys.publicKey()), instance);
  }

  /** A key pair that outlives this process; taken over. */
  public static Identity of(X25519KeyPair keys, SecureRandom random) {
    return new Identity(keys, random.nextLong());
  }

  /** A fresh key pair, for this run only. */
  public static Identity ephemeral(SecureRandom random) {
    return of(freshKeys(random), random);
  }

  /** A key pair for one handshake. */
  public static X25519KeyPair freshKeys(SecureRandom random) {
    byte[] key = new byte[X25519KeyPair.LENGTH];
    random.nextBytes(key);
    return X25519KeyPair.of(Secret.takeOver(key));
  }

  public PeerInstance self() {
    return self;
  }

  /** Lent: not to be closed. */
  public X25519KeyPair keys() {
    return keys;
  }

  /** Names the peer only: the key must not reach a log. */
  @Override
  public String toString() {
    return self.toString();
  }
}
