package io.bradawl.it.load;

import java.nio.ByteBuffer;
import java.util.List;

/** Waits until one of several sockets has something to read. */
final class Readable {

  private static final int ENTRY = 8;

  private final ByteBuffer entries;
  private final int count;

  Readable(List<UdpSocket> sockets) {
    count = sockets.size();
    entries = Batch.direct(count * ENTRY);
    for (int i = 0; i < count; i++) {
      entries.putInt(i * ENTRY, sockets.get(i).fd()).putShort(i * ENTRY + 4, Kernel.POLLIN);
    }
  }

  void await(int milliseconds) {
    Kernel.poll(Kernel.addressOf(entries), count, milliseconds);
  }
}
