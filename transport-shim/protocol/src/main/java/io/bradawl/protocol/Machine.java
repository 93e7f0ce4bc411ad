package io.bradawl.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The one contract of every state machine in this module.
 *
 * <p>The drain rule: after each call of {@link #handle} or {@link #tick} the driver calls {@link
 * #poll} until it returns {@code null}, performs the outputs in that order, and then asks {@link
 * #nextTimeout} when to call {@link #tick}. A spurious tick is a no-op. Machines are not
 * thread-safe; the driver serialises all calls.
 *
 * @param <I> what the world tells the machine
 * @param <O> what the machine wants done
 */
public interface Machine<I, O> {

  /** The answer of {@link #nextTimeout} of a machine that waits for nothing but inputs. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Takes in one event.
   *
   * @param now monotonic time in nanoseconds, never less than at an earlier call; its origin has no
   *     meaning
   */
  void handle(I input, long now);

  /** Lets time-outs that are due at {@code now} (nanoseconds, as in {@link #handle}) happen. */
  void tick(long now);

  /**
   * The next thing to do, or {@code null} when there is nothing more until the next input or tick.
   */
  @Nullable O poll();

  /** When to call {@link #tick}: nanoseconds on the scale of {@code now}, or {@link #NEVER}. */
  long nextTimeout();
}
