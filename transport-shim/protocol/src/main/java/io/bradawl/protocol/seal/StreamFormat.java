package io.bradawl.protocol.seal;

import io.bradawl.protocol.noise.CipherState;

/**
 * A record of a sealed stream is a Noise transport message with its length in front (Noise section
 * 13):
 *
 * <pre>
 *   octets 0-1   octets that follow, big endian: 17 to 16401
 *   then         ciphertext of data and kind, one octet, and 16 octets of tag
 * </pre>
 *
 * <p>{@code DATA} carries 1 to 16384 octets; {@code END} none, and is the last: the other side's
 * application will send no more. A stream that stops without it was cut. {@code WINDOW} carries a
 * number, 4 octets, big endian, 0 to 2^31 - 1: {@link StreamWindow} says what it means. Both sides
 * rekey (Noise section 11.3) after every 2^16 records, at most 1 GiB, well below the 2^24.5 full
 * records that RFC 8446 section 5.5 allows AES-GCM.
 */
final class StreamFormat {

  static final int HEADER_LENGTH = 2;
  static final int KIND_LENGTH = 1;
  static final int MAX_DATA = 16_384;
  static final int MIN_BODY = KIND_LENGTH + CipherState.OVERHEAD;
  static final int MAX_BODY = MAX_DATA + MIN_BODY;
  static final int REKEY_BITS = 16;

  static final byte DATA = 0;
  static final byte END = 1;
  static final byte WINDOW = 2;

  static final int WINDOW_LENGTH = 4;

  private StreamFormat() {}
}
