package io.bradawl.rendezvous.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.time.Instant;
import java.util.List;

/**
 * A certificate with those that vouch for it, and its key.
 *
 * @param chain the server's own first
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {

  /**
   * @throws GeneralSecurityException if the key is not the certificate's
   */
  static ServerCertificate of(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException {
    if (!belongTogether(key, chain.get(0).getPublicKey())) {
      throw new GeneralSecurityException("is not the key of the certificate");
    }
    return new ServerCertificate(key, List.copyOf(chain));
  }

  /** When clients stop to accept it. */
  public Instant end() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /** By trial: what the one signs the other verifies. */
  private static boolean belongTogether(PrivateKey key, PublicKey published)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(published.getAlgorithm())
        && !(key instanceof EdECKey && published instanceof EdECKey)) {
      return false;
    }
    byte[] text = {1, 2, 3, 4};
    Signature signature = Signature.getInstance(algorithm(key));
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(published);
    signature.update(text);
    return signature.verify(signed);
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }

  /** Whom it names, and until when. */
  @Override
  public String toString() {
    return chain.get(0).getSubjectX500Principal() + ", valid until " + end();
  }
}
