package io.bradawl.rendezvous.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the PEM form of PKCS #8 (RFC 7468 section 10), which ACME clients and OpenSSL write. */
final class PrivateKeyPem {

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (?<kind>[A-Z ]*PRIVATE KEY)-----(?<body>[A-Za-z0-9+/=\\s]*)-----END");

  private PrivateKeyPem() {}

  /**
   * The first private key of {@code pem}.
   *
   * @throws GeneralSecurityException if there is none that can be used; the message says what to do
   */
  static PrivateKey parse(String pem) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new GeneralSecurityException("holds no private key in PEM form that is not encrypted");
    }
    String kind = block.group("kind");
    if (!kind.equals("PRIVATE KEY")) {
      throw new GeneralSecurityException(
          "holds a key of the form \"" + kind + "\"; convert it: openssl pkcs8 -topk8 -nocrypt");
    }
    byte[] octets = decode(block.group("body"));
    try {
      return ofSomeAlgorithm(new PKCS8EncodedKeySpec(octets));
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static byte[] decode(String body) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("holds a private key that is not base64", e);
    }
  }

  private static PrivateKey ofSomeAlgorithm(PKCS8EncodedKeySpec octets)
      throws NoSuchAlgorithmException, InvalidKeySpecException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(octets);
      } catch (InvalidKeySpecException e) {
        // Of another algorithm, then.
      }
    }
    throw new InvalidKeySpecException("holds a private key that is none of " + ALGORITHMS);
  }
}
