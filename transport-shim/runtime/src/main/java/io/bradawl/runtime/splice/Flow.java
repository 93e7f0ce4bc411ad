package io.bradawl.runtime.splice;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a splice. It reads only while what waits for the target leaves room, which is
 * what carries back-pressure from leg to leg.
 */
abstract class Flow {

  /** Blocks moved at a time before the loop looks after others. */
  private static final int TURNS = 4;

  private final Leg source;
  private final Leg target;
  private final Block.Pool pool;
  private final Deque<Block> waiting = new ArrayDeque<>();
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
      if (!more || turn == TURNS) {
        return more;
      }
      more = fill();
    }
    return false;
  }

  /** Whether more may be read: neither the end nor anything else forbids it. */
  private boolean flush() throws SpliceFailure {
    while (!waiting.isEmpty() && write(waiting.element())) {
      Block written = waiting.remove();
      passedOn(written.weight());
      pool.give(written);
    }
    if (over && waiting.isEmpty()) {
      target.endOutput();
      done = true;
    }
    boolean reading = !over && hasRoom();
    target.writing(!waiting.isEmpty());
    source.reading(reading);
    return reading;
  }

  private boolean write(Block block) throws SpliceFailure {
    target.write(block.whole());
    return !block.whole().hasRemaining();
  }

  /** Whether nothing waits for the target. */
  final boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether more may be read, as far as what waits is concerned. */
  abstract boolean hasRoom();

  /**
   * Reads once and {@link #offer}s what comes of it; {@link #finish}es at the end.
   *
   * @return whether it is worth to be called again at once
   */
  abstract boolean fill() throws SpliceFailure;

  /** A block has been written to the target, whole. */
  void passedOn(int weight) {}

  /** The block that was offered last and waits. */
  final @Nullable Block last() {
    return waiting.peekLast();
  }

  /** Leaves {@code length} octets at the beginning of {@code block} to be written. */
  final void offer(Block block, int length) {
    ByteBuffer whole = block.whole();
    whole.position(0).limit(length);
    waiting.add(block);
  }

  /** Nothing comes after what has been offered. */
  final void finish() {
    over = true;
  }

  /** Gives back what is held, after the last {@link #pump}. */
  void release() {
    waiting.forEach(pool::give);
    waiting.clear();
    done = true;
  }
}
