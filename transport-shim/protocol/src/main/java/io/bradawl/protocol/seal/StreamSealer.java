package io.bradawl.protocol.seal;

import io.bradawl.protocol.crypto.Aead;
import io.bradawl.protocol.crypto.AesGcm;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.CipherState;
import java.nio.ByteBuffer;

/**
 * Seals the octets of one direction of one connection into records. Format: {@link StreamFormat}.
 */
public final class StreamSealer implements AutoCloseable {

  /** Octets before the data. */
  public static final int HEADER_LENGTH = StreamFormat.HEADER_LENGTH;

  /** Octets that a record adds in total, {@value}. */
  public static final int OVERHEAD = StreamFormat.HEADER_LENGTH + StreamFormat.MIN_BODY;

  /** Octets of a record that tells something, {@value}. */
  public static final int TOLD_LENGTH = OVERHEAD + StreamFormat.WINDOW_LENGTH;

  /** Octets of data in a record, at most. */
  public static final int MAX_DATA = StreamFormat.MAX_DATA;

  private final CipherState cipher;
  private final long rekeyMask;
  private long records;
  private boolean ended;

  /** Takes over {@code key}, 32 octets: the stream key of this side's sending direction. */
  public StreamSealer(Secret key) {
    this(key, AesGcm::new);
  }

  /** As above, with ciphers of one's own. */
  public StreamSealer(Secret key, Aead.Factory ciphers) {
    this(key, ciphers, StreamFormat.REKEY_BITS);
  }

  StreamSealer(Secret key, Aead.Factory ciphers, int rekeyBits) {
    this.cipher = new CipherState(key, ciphers);
    this.rekeyMask = (1L << rekeyBits) - 1;
  }

  /**
   * Seals data in place. It stands {@value #HEADER_LENGTH} octets after {@code offset}, and there
   * are 17 octets of room behind it.
   *
   * @param length octets of data, 1 to {@value #MAX_DATA}
   * @return octets of the record, which begins at {@code offset}: {@code length} + {@value
   *     #OVERHEAD}
   */
  public int seal(byte[] buffer, int offset, int length) {
    if (length < 1 || length > MAX_DATA) {
      throw new IllegalArgumentException(
          "a record holds 1 to " + MAX_DATA + " octets of data, not " + length);
    }
    return record(buffer, offset, length, StreamFormat.DATA);
  }

  /**
   * Seals the end of this direction, {@value #OVERHEAD} octets at {@code offset}; nothing can be
   * sealed after it.
   *
   * @return {@value #OVERHEAD}
   */
  public int end(byte[] buffer, int offset) {
    int length = record(buffer, offset, 0, StreamFormat.END);
    ended = true;
    return length;
  }

  /**
   * Seals what {@link StreamWindow#takeNews} has to tell, {@value #TOLD_LENGTH} octets at {@code
   * offset}.
   *
   * @param told 0 or more
   * @return {@value #TOLD_LENGTH}
   */
  public int tell(byte[] buffer, int offset, int told) {
    ByteBuffer.wrap(buffer).putInt(offset + HEADER_LENGTH, told);
    return record(buffer, offset, StreamFormat.WINDOW_LENGTH, StreamFormat.WINDOW);
  }

  private int record(byte[] buffer, int offset, int length, byte kind) {
    if (ended) {
      throw new IllegalStateException("this direction of the stream has ended");
    }
    int body = length + StreamFormat.MIN_BODY;
    buffer[offset] = (byte) (body >>> Byte.SIZE);
    buffer[offset + 1] = (byte) body;
    buffer[offset + HEADER_LENGTH + length] = kind;
    cipher.encrypt(buffer, offset + HEADER_LENGTH, length + StreamFormat.KIND_LENGTH);
    if ((++records & rekeyMask) == 0) {
      cipher.rekey();
    }
    return HEADER_LENGTH + body;
  }

  @Override
  public void close() {
    cipher.close();
  }
}
