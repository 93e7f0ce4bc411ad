package io.bradawl.protocol.seal;

import io.bradawl.protocol.crypto.Aead;
import io.bradawl.protocol.crypto.AesGcm;
import io.bradawl.protocol.crypto.Secret;
import java.nio.ByteBuffer;

/**
 * Seals the datagrams of one direction; numbers them and changes keys by counting. Format: {@link
 * DatagramFormat}.
 */
public final class DatagramSealer implements AutoCloseable {

  /** Octets before the ciphertext. */
  public static final int HEADER_LENGTH = DatagramFormat.HEADER_LENGTH;

  /** Octets that sealing adds in total, {@value}. */
  public static final int OVERHEAD = DatagramFormat.OVERHEAD;

  private final int epochBits;
  private Epoch epoch;
  private long next;
  private byte[] scratch = new byte[0];

  /** Takes over {@code key}, 32 octets: the datagram key of this side's sending direction. */
  public DatagramSealer(Secret key) {
    this(key, AesGcm::new);
  }

  /** As above, with ciphers of one's own. */
  public DatagramSealer(Secret key, Aead.Factory ciphers) {
    this(key, ciphers, DatagramFormat.EPOCH_BITS);
  }

  DatagramSealer(Secret key, Aead.Factory ciphers, int epochBits) {
    this.epoch = Epoch.first(key, ciphers);
    this.epochBits = epochBits;
  }

  /**
   * Seals in place. The payload stands {@value #HEADER_LENGTH} octets after {@code offset}, so that
   * nothing has to move, and there are 16 octets of room behind it.
   *
   * @param length octets of payload, 0 to 65512
   * @return octets of the sealed datagram, which begins at {@code offset}: {@code length} + {@value
   *     #OVERHEAD}
   * @throws IllegalStateException after 2^48 datagrams, which takes 74 years at 120,000 a second
   */
  public int seal(byte[] buffer, int offset, int length) {
    long packet = advance();
    DatagramFormat.writeHeader(buffer, offset, packet);
    epoch
        .aead()
        .seal(epoch.nonce(packet), DatagramFormat.NOTHING, buffer, offset + HEADER_LENGTH, length);
    return length + OVERHEAD;
  }

  /**
   * Seals what remains in {@code payload} into {@code into}, of any kinds, even the same memory.
   *
   * @throws java.nio.BufferOverflowException if {@code into} has no room for {@value #OVERHEAD}
   *     octets more
   */
  public void seal(ByteBuffer payload, ByteBuffer into) {
    int length = payload.remaining();
    if (scratch.length < length + OVERHEAD) {
      scratch = new byte[Scratch.roundUp(length + OVERHEAD)];
    }
    payload.get(scratch, HEADER_LENGTH, length);
    into.put(scratch, 0, seal(scratch, 0, length));
  }

  private long advance() {
    if (next > DatagramFormat.MAX_PACKET) {
      throw new IllegalStateException("2^48 datagrams are sealed; start a new session");
    }
    if (next >>> epochBits != epoch.number()) {
      try (Epoch old = epoch) {
        epoch = old.next();
      }
    }
    return next++;
  }

  @Override
  public void close() {
    epoch.close();
  }
}
