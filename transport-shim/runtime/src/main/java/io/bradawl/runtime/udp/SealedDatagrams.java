package io.bradawl.runtime.udp;

import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.seal.DatagramOpener;
import io.bradawl.protocol.seal.DatagramSealer;
import java.nio.ByteBuffer;

/**
 * Seals each datagram by itself, so that loss, reordering and duplicates are harmless. Senders are
 * many threads, receivers the application's and the pump, hence a lock for each direction.
 */
final class SealedDatagrams implements DatagramSecurity {

  private final DatagramSealer sealer;
  private final DatagramOpener opener;
  private volatile boolean closed;

  /** Takes over the keys for datagrams. */
  SealedDatagrams(SessionKeys keys) {
    sealer = new DatagramSealer(keys.sending().datagrams());
    opener = new DatagramOpener(keys.receiving().datagrams());
  }

  @Override
  public boolean isSealing() {
    return true;
  }

  @Override
  public boolean seal(ByteBuffer datagram, ByteBuffer into) {
    int start = datagram.position();
    synchronized (sealer) {
      if (closed) {
        return false;
      }
      sealer.seal(datagram, into);
    }
    datagram.position(start);
    return true;
  }

  @Override
  public boolean open(ByteBuffer datagram) {
    synchronized (opener) {
      return !closed && opener.open(datagram);
    }
  }

  @Override
  public boolean isRepetition(ByteBuffer datagram) {
    synchronized (opener) {
      return !closed && opener.isRepetition(datagram);
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (sealer) {
      sealer.close();
    }
    synchronized (opener) {
      opener.close();
    }
  }
}
