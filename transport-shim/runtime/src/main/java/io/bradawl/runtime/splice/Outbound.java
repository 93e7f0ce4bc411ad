package io.bradawl.runtime.splice;

import io.bradawl.protocol.seal.StreamSealer;

/** From the application to the peer: what was written is sealed. */
final class Outbound extends Flow {

  private final StreamSealer sealer;
  private boolean hurried;

  Outbound(Leg application, Leg peer, Block.Pool pool, StreamSealer sealer) {
    super(application, peer, pool);
    this.sealer = sealer;
  }

  /** Takes what the application has written so far for all that it will ever write. */
  void hurry() {
    hurried = true;
  }

  @Override
  boolean fill() throws SpliceFailure {
    Block block = pool().take();
    long octets = source().read(block.slots());
    if (octets > 0) {
      offer(block, seal(block.array(), (int) octets));
      return octets == Block.DATA || hurried;
    }
    if (octets == 0 && !hurried) {
      pool().give(block);
      return false;
    }
    offer(block, sealer.end(block.array(), 0));
    finish();
    return true;
  }

  private int seal(byte[] array, int octets) {
    int at = 0;
    for (int left = octets; left > 0; left -= StreamSealer.MAX_DATA) {
      at += sealer.seal(array, at, Math.min(left, StreamSealer.MAX_DATA));
    }
    return at;
  }

  @Override
  void release() {
    super.release();
    sealer.close();
  }
}
