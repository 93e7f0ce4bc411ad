package io.bradawl.protocol.stun.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Hkdf;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.stun.Nonce;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Nonces that the server need not remember: each carries the time at which it ends, the port it was
 * made for and a code over both and the address, under a key of the server's own. All servers that
 * share the secret accept each other's.
 *
 * <p>The port makes nonces of different sockets different (RFC 8489 section 9.2.4) and is not
 * compared: a nonce that came over signalling is good for any socket behind the same address. Of an
 * IPv6 address, only the 64 bits of the network count, for hosts change the others at will.
 */
public final class Nonces {

  private static final int TIME = 4;
  private static final int PORT = 2;
  private static final int CODE = 9;
  private static final int NETWORK = 8;

  private final Secret key;
  private final String cookie;
  private final int lifetime;

  /**
   * @param secret of which the key is derived; it may serve other purposes too
   * @param lifetime seconds; RFC 8656 section 5 recommends at most an hour
   */
  public Nonces(Secret secret, SecurityFeatures features, int lifetime) {
    try (Secret extracted = Hkdf.extract(new byte[0], secret)) {
      this.key = Hkdf.expand(extracted, "bradawl stun nonce", Hkdf.HASH_LENGTH);
    }
    this.cookie = features.cookie();
    this.lifetime = lifetime;
  }

  /**
   * A nonce for whoever sends from {@code source}.
   *
   * @param now seconds since 1970
   */
  public Nonce mint(TransportAddress source, long now) {
    byte[] head =
        ByteBuffer.allocate(TIME + PORT)
            .putInt((int) (now + lifetime))
            .putShort((short) source.port())
            .array();
    byte[] whole = Arrays.copyOf(head, head.length + CODE);
    System.arraycopy(code(head, source), 0, whole, head.length, CODE);
    return new Nonce(cookie + Base64.getEncoder().encodeToString(whole));
  }

  /** Whether {@code nonce} was made for that address, and has not ended. */
  public boolean accepts(Nonce nonce, TransportAddress source, long now) {
    byte[] whole = decoded(nonce.value());
    if (whole.length != TIME + PORT + CODE) {
      return false;
    }
    byte[] head = Arrays.copyOf(whole, TIME + PORT);
    byte[] code = Arrays.copyOfRange(whole, TIME + PORT, whole.length);
    long left = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt()) - now;
    return MessageDigest.isEqual(code, code(head, source)) && left > 0 && left <= lifetime;
  }

  private byte[] decoded(String nonce) {
    if (!nonce.startsWith(cookie)) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(nonce.substring(cookie.length()));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Family and length of what is covered follow from each other, so nothing can be moved. */
  private byte[] code(byte[] head, TransportAddress source) {
    byte[] ip = source.ip().getAddress();
    byte[] network = Arrays.copyOf(ip, Math.min(ip.length, NETWORK));
    return Arrays.copyOf(Hkdf.hmac(key, cookie.getBytes(US_ASCII), head, network), CODE);
  }
}
