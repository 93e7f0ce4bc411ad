package io.bradawl.runtime.splice;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a splice. It reads only after all it read before has been taken, which is what
 * carries back-pressure from leg to leg.
 */
abstract class Flow {

  /** Blocks moved at a time before the loop looks after others. */
  private static final int TURNS = 4;

  private final Leg source;
  private final Leg target;
  private final Block.Pool pool;
  private @Nullable Block outgoing;
  private boolean over;
  private boolean done;

  Flow(Leg source, Leg target, Block.Pool pool) {
    this.source = source;
    this.target = target;
    this.pool = pool;
  }

  final Leg source() {
    return source;
  }

  final Block.Pool pool() {
    return pool;
  }

  /** Whether all of this direction, its end included, has been handed to the kernel. */
  final boolean isDone() {
    return done;
  }

  /**
   * Moves what can be moved now.
   *
   * @return whether there may be more to move at once
   */
  final boolean pump() throws SpliceFailure {
    if (done) {
      return false;
    }
    boolean more = true;
    for (int turn = 0; flush(); turn++) {
      if (over) {
        target.endOutput();
        done = true;
        return false;
      }
      if (!more || turn == TURNS) {
        return more;
      }
      more = fill();
    }
    return false;
  }

  /** Whether nothing waits for the target any more. */
  private boolean flush() throws SpliceFailure {
    if (outgoing != null) {
      target.write(outgoing.whole());
      if (!outgoing.whole().hasRemaining()) {
        pool.give(outgoing);
        outgoing = null;
      }
    }
    boolean flushed = outgoing == null;
    target.writing(!flushed);
    source.reading(flushed && !over);
    return flushed;
  }

  /**
   * Reads once and {@link #offer}s what comes of it; {@link #finish}es at the end.
   *
   * @return whether it is worth to be called again at once
   */
  abstract boolean fill() throws SpliceFailure;

  /** Leaves {@code length} octets at the beginning of {@code block} to be written. */
  final void offer(Block block, int length) {
    ByteBuffer whole = block.whole();
    whole.position(0).limit(length);
    outgoing = block;
  }

  /** Nothing comes after what has been offered. */
  final void finish() {
    over = true;
  }

  /** Gives back what is held, after the last {@link #pump}. */
  void release() {
    if (outgoing != null) {
      pool.give(outgoing);
      outgoing = null;
    }
    done = true;
  }
}
