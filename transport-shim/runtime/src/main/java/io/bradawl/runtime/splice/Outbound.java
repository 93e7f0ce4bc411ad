package io.bradawl.runtime.splice;

import io.bradawl.protocol.seal.StreamSealer;
import io.bradawl.protocol.seal.StreamWindow;

/** From the application to the peer: what was written is sealed. */
final class Outbound extends Flow {

  private final StreamSealer sealer;
  private final StreamWindow window;
  private boolean hurried;
  private boolean heldBack;

  Outbound(Leg application, Leg peer, Block.Pool pool, StreamSealer sealer, StreamWindow window) {
    super(application, peer, pool);
    this.sealer = sealer;
    this.window = window;
  }

  /** Takes what the application has written so far for all that it will ever write. */
  void hurry() {
    hurried = true;
  }

  @Override
  boolean hasRoom() {
    heldBack = window.sendable() == 0;
    return isEmpty() && (window.hasNews() || !heldBack);
  }

  /** Whether the window, when it was last asked, let nothing more through. */
  boolean isHeldBack() {
    return heldBack;
  }

  /**
   * Whether to be called again though nothing becomes ready: that the application has written
   * nothing more shows only when it is read from.
   */
  boolean isImpatient() {
    return hurried && !isDone() && isEmpty() && !heldBack;
  }

  @Override
  boolean fill() throws SpliceFailure {
    Block block = pool().take();
    int news = window.takeNews();
    if (news != StreamWindow.NOTHING) {
      offer(block, sealer.tell(block.array(), 0, news));
      return true;
    }
    long octets = source().read(block.slots(window.sendable()));
    if (octets > 0) {
      int sealed = seal(block.array(), (int) octets);
      window.sent(sealed);
      offer(block, sealed);
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
