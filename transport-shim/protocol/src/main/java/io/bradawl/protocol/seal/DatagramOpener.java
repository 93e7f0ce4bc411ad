package io.bradawl.protocol.seal;

import io.bradawl.protocol.crypto.Aead;
import io.bradawl.protocol.crypto.AesGcm;
import io.bradawl.protocol.crypto.Secret;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the datagrams of one direction, in any order, each once. Knows the keys of three epochs:
 * the one before, for stragglers; the current one; and the one after, which becomes the current one
 * with its first authentic datagram. So it follows the sealer unless a whole epoch (2^23 datagrams)
 * is lost in a row.
 *
 * <p>Nothing changes for a datagram that does not open, and its octets stay as they came: it may be
 * the application's.
 */
public final class DatagramOpener implements AutoCloseable {

  /** The answer for a datagram that is not the other side's, was altered, or was here before. */
  public static final int REJECTED = -1;

  private final int epochBits;
  private final ReplayWindow window = new ReplayWindow();
  private @Nullable Epoch previous;
  private Epoch current;
  private @Nullable Epoch following;
  private byte[] sealedScratch = new byte[0];
  private byte[] plainScratch = new byte[0];

  /** Takes over {@code key}, 32 octets: the datagram key of this side's receiving direction. */
  public DatagramOpener(Secret key) {
    this(key, AesGcm::new);
  }

  /** As above, with ciphers of one's own. */
  public DatagramOpener(Secret key, Aead.Factory ciphers) {
    this(key, ciphers, DatagramFormat.EPOCH_BITS);
  }

  DatagramOpener(Secret key, Aead.Factory ciphers, int epochBits) {
    this.current = Epoch.first(key, ciphers);
    this.epochBits = epochBits;
  }

  /** Whether a datagram has the shape of a sealed one; only opening shows whether it is one. */
  public static boolean hasShape(byte firstOctet, int length) {
    return firstOctet == DatagramFormat.FIRST_OCTET
        && length >= DatagramFormat.OVERHEAD
        && length <= DatagramFormat.MAX_DATAGRAM;
  }

  /**
   * Opens in place.
   *
   * @param length octets of the datagram, any
   * @return octets of payload, which stands {@link DatagramSealer#HEADER_LENGTH} octets after
   *     {@code offset}; or {@link #REJECTED}, and the buffer is as it was
   */
  public int open(byte[] buffer, int offset, int length) {
    int payload = openInto(buffer, offset, length);
    if (payload > 0) {
      System.arraycopy(plainScratch, 0, buffer, offset + DatagramFormat.HEADER_LENGTH, payload);
    }
    return payload;
  }

  /**
   * Opens what remains in {@code datagram} into {@code into}, of any kinds, even the same memory.
   *
   * @return octets of payload put, or {@link #REJECTED}, and neither buffer has changed
   * @throws java.nio.BufferOverflowException if {@code into} has less room than the payload, 23
   *     octets less than the datagram, needs
   */
  public int open(ByteBuffer datagram, ByteBuffer into) {
    int payload = openFrom(datagram);
    if (payload != REJECTED) {
      datagram.position(datagram.limit());
      into.put(plainScratch, 0, payload);
    }
    return payload;
  }

  /**
   * Opens what remains in {@code datagram} in place: what remains then is the payload.
   *
   * @return false if it is rejected, and the buffer is as it was
   */
  public boolean open(ByteBuffer datagram) {
    int payload = openFrom(datagram);
    if (payload == REJECTED) {
      return false;
    }
    int start = datagram.position();
    datagram.put(start, plainScratch, 0, payload).limit(start + payload);
    return true;
  }

  /**
   * Whether what remains in {@code datagram} is the other side's, but was here before, or so long
   * ago that nobody knows. Nothing changes.
   */
  public boolean isRepetition(ByteBuffer datagram) {
    int length = copy(datagram);
    if (length == 0) {
      return false;
    }
    long packet = DatagramFormat.packet(sealedScratch, 0);
    Epoch epoch = epochOf(packet >>> epochBits);
    return epoch != null
        && !window.admits(packet)
        && decrypt(epoch, packet, sealedScratch, 0, length);
  }

  /** Leaves the buffer as it is. */
  private int openFrom(ByteBuffer datagram) {
    int length = copy(datagram);
    return length == 0 ? REJECTED : openInto(sealedScratch, 0, length);
  }

  /** How many octets there are to be opened now; 0 if it has not the shape. */
  private int copy(ByteBuffer datagram) {
    int start = datagram.position();
    int length = datagram.remaining();
    if (length == 0 || !hasShape(datagram.get(start), length)) {
      return 0;
    }
    if (sealedScratch.length < length) {
      sealedScratch = new byte[Scratch.roundUp(length)];
    }
    datagram.get(start, sealedScratch, 0, length);
    return length;
  }

  private int openInto(byte[] buffer, int offset, int length) {
    if (length < DatagramFormat.OVERHEAD || !hasShape(buffer[offset], length)) {
      return REJECTED;
    }
    long packet = DatagramFormat.packet(buffer, offset);
    Epoch epoch = epochOf(packet >>> epochBits);
    if (epoch == null
        || !window.admits(packet)
        || !decrypt(epoch, packet, buffer, offset, length)) {
      return REJECTED;
    }
    window.enter(packet);
    if (epoch == following) {
      advanceTo(epoch);
    }
    return length - DatagramFormat.OVERHEAD;
  }

  /** Whether it is authentic; what it says is in the scratch then. */
  private boolean decrypt(Epoch epoch, long packet, byte[] buffer, int offset, int length) {
    int payload = length - DatagramFormat.OVERHEAD;
    if (plainScratch.length < payload) {
      plainScratch = new byte[Scratch.roundUp(payload)];
    }
    return epoch
        .aead()
        .open(
            epoch.nonce(packet),
            DatagramFormat.NOTHING,
            buffer,
            offset + DatagramFormat.HEADER_LENGTH,
            length - DatagramFormat.HEADER_LENGTH,
            plainScratch,
            0);
  }

  private @Nullable Epoch epochOf(long number) {
    if (number == current.number()) {
      return current;
    }
    if (number == current.number() + 1) {
      if (following == null) {
        following = current.next();
      }
      return following;
    }
    return previous != null && number == previous.number() ? previous : null;
  }

  private void advanceTo(Epoch epoch) {
    if (previous != null) {
      previous.close();
    }
    previous = current;
    current = epoch;
    following = null;
  }

  @Override
  public void close() {
    current.close();
    if (previous != null) {
      previous.close();
    }
    if (following != null) {
      following.close();
    }
  }
}
