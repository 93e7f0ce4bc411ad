package io.bradawl.protocol.seal;

import io.bradawl.protocol.crypto.Aead;
import io.bradawl.protocol.crypto.AesGcm;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.CipherState;
import java.nio.ByteBuffer;

/**
 * Opens the records of one direction of one connection, in their order. After a {@link
 * SealException} nothing more opens.
 *
 * <p>The driver asks {@link #recordLength} until a whole record is there, then calls {@link #open}.
 * When the connection ends and {@link #hasEnded} is still false, the stream was cut: to the
 * application that is a reset, not an end.
 */
public final class StreamOpener implements AutoCloseable {

  /** The answer of {@link #recordLength} when the record's length has not arrived yet. */
  public static final int UNKNOWN = 0;

  /** The answer of {@link #open} to the record that ends the direction. */
  public static final int END = -1;

  /** The answer of {@link #open} to a record that tells something: {@link #told} has it. */
  public static final int TOLD = -2;

  /** Octets of the longest record. */
  public static final int MAX_RECORD = StreamFormat.HEADER_LENGTH + StreamFormat.MAX_BODY;

  private final CipherState cipher;
  private final long rekeyMask;
  private long records;
  private int told;
  private boolean ended;
  private boolean broken;

  /** Takes over {@code key}, 32 octets: the stream key of this side's receiving direction. */
  public StreamOpener(Secret key) {
    this(key, AesGcm::new);
  }

  /** As above, with ciphers of one's own. */
  public StreamOpener(Secret key, Aead.Factory ciphers) {
    this(key, ciphers, StreamFormat.REKEY_BITS);
  }

  StreamOpener(Secret key, Aead.Factory ciphers, int rekeyBits) {
    this.cipher = new CipherState(key, ciphers);
    this.rekeyMask = (1L << rekeyBits) - 1;
  }

  /**
   * How long the record is that begins at {@code offset}.
   *
   * @param available octets that are there, 0 or more
   * @return octets, {@value StreamSealer#OVERHEAD} to {@link #MAX_RECORD}, or {@link #UNKNOWN}
   * @throws SealException if no record is that long
   */
  public int recordLength(byte[] buffer, int offset, int available) throws SealException {
    if (available < StreamFormat.HEADER_LENGTH) {
      return UNKNOWN;
    }
    int body = (buffer[offset] & 0xFF) << Byte.SIZE | buffer[offset + 1] & 0xFF;
    if (body < StreamFormat.MIN_BODY || body > StreamFormat.MAX_BODY) {
      throw broken(
          "record of "
              + body
              + " octets; "
              + StreamFormat.MIN_BODY
              + " to "
              + StreamFormat.MAX_BODY);
    }
    return StreamFormat.HEADER_LENGTH + body;
  }

  /**
   * Opens a whole record from one array into another, or the same.
   *
   * @param length of the record, as {@link #recordLength} told
   * @param into where data and one octet more are written; another array is the faster way on newer
   *     JDKs
   * @return octets of data at {@code intoOffset}, 1 to {@value StreamSealer#MAX_DATA}, or {@link
   *     #END}, or {@link #TOLD}
   * @throws SealException if the record is altered, out of order, or comes after the end
   */
  public int open(byte[] buffer, int offset, int length, byte[] into, int intoOffset)
      throws SealException {
    if (broken || ended) {
      throw broken(broken ? "the stream is broken" : "record after the end of the stream");
    }
    if (recordLength(buffer, offset, length) != length) {
      throw broken("record of " + length + " octets has another length in its header");
    }
    int body = length - StreamFormat.HEADER_LENGTH;
    if (!cipher.decrypt(buffer, offset + StreamFormat.HEADER_LENGTH, body, into, intoOffset)) {
      throw broken("record " + records + " is not authentic");
    }
    if ((++records & rekeyMask) == 0) {
      cipher.rekey();
    }
    int data = body - StreamFormat.MIN_BODY;
    return interpret(into[intoOffset + data], data, into, intoOffset);
  }

  private int interpret(byte kind, int data, byte[] from, int offset) throws SealException {
    if (kind == StreamFormat.DATA && data > 0) {
      return data;
    }
    if (kind == StreamFormat.END && data == 0) {
      ended = true;
      return END;
    }
    if (kind == StreamFormat.WINDOW && data == StreamFormat.WINDOW_LENGTH && from[offset] >= 0) {
      told = ByteBuffer.wrap(from).getInt(offset);
      return TOLD;
    }
    throw broken("record of kind " + kind + " with " + data + " octets of data");
  }

  private SealException broken(String message) {
    broken = true;
    return new SealException(message);
  }

  /** What the last record that told something did tell, 0 or more, for {@link StreamWindow}. */
  public int told() {
    return told;
  }

  /** Whether the other side has said that it sends no more. */
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    cipher.close();
  }
}
