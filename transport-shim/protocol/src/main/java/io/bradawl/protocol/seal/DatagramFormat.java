package io.bradawl.protocol.seal;

import io.bradawl.protocol.crypto.Aead;

/**
 * A sealed datagram, the same in both directions:
 *
 * <pre>
 *   octet 0      {@value #FIRST_OCTET}: no STUN (0..3), ZRTP (16..19), DTLS (20..63), TURN channel (64..79), RTP or QUIC,
 *                RFC 7983 and 9443; 9 to 15 are kept for later suites
 *   octets 1-6   packet number, big endian; its upper bits are the key epoch
 *   then         ciphertext, as long as the payload, and 16 octets of tag
 * </pre>
 *
 * <p>The first octet only sorts; a datagram is ours if it opens. Nothing of the header needs to be
 * authenticated apart: the first octet is constant and the number makes the nonce.
 *
 * <p>An epoch is 2^23 packets, the confidentiality limit that RFC 9001 section 6.6 puts on AES-GCM.
 */
final class DatagramFormat {

  static final byte FIRST_OCTET = 8;
  static final int HEADER_LENGTH = 7;
  static final int OVERHEAD = HEADER_LENGTH + Aead.TAG_LENGTH;
  static final int MAX_DATAGRAM = 65_535;
  static final int EPOCH_BITS = 23;
  static final long MAX_PACKET = (1L << 48) - 1;
  static final byte[] NOTHING = new byte[0];

  private DatagramFormat() {}

  static void writeHeader(byte[] buffer, int offset, long packet) {
    buffer[offset] = FIRST_OCTET;
    for (int i = HEADER_LENGTH - 1; i > 0; i--) {
      buffer[offset + i] = (byte) packet;
      packet >>>= Byte.SIZE;
    }
  }

  static long packet(byte[] buffer, int offset) {
    long packet = 0;
    for (int i = 1; i < HEADER_LENGTH; i++) {
      packet = packet << Byte.SIZE | buffer[offset + i] & 0xFF;
    }
    return packet;
  }
}
