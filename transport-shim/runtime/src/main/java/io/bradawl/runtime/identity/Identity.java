package io.bradawl.runtime.identity;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.XECPublicKey;

/** An X25519 key pair (RFC 7748) and the instance number of the process that holds it. */
public final class Identity {

  private final PrivateKey key;
  private final PeerInstance self;

  private Identity(PrivateKey key, PeerInstance self) {
    this.key = key;
    this.self = self;
  }

  /** A fresh key pair, for this run only. */
  public static Identity ephemeral(SecureRandom random) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
      PeerId id = new PeerId(littleEndian(((XECPublicKey) pair.getPublic()).getU()));
      return new Identity(pair.getPrivate(), new PeerInstance(id, random.nextLong()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks X25519 (JEP 324)", e);
    }
  }

  public PeerInstance self() {
    return self;
  }

  /** The private key; never leaves the process. */
  PrivateKey key() {
    return key;
  }

  /** Names the peer only: the key must not reach a log. */
  @Override
  public String toString() {
    return self.toString();
  }

  private static Octets littleEndian(BigInteger u) {
    byte[] big = u.toByteArray();
    byte[] little = new byte[PeerId.LENGTH];
    for (int i = 0; i < little.length && i < big.length; i++) {
      little[i] = big[big.length - 1 - i];
    }
    return Octets.of(little);
  }
}
