package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Machine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a machine as its contract says and holds it to that: a bounded number of outputs for each
 * event, nothing done by a spurious tick, and a next time-out that lies ahead.
 */
final class Conduct<I, O> {

  /** Time-outs in one go; a world that waits longer than that has nothing new to tell. */
  private static final int MOST_TICKS = 64;

  private final Machine<I, O> machine;
  private final int mostOutputs;
  private final Consumer<O> performer;
  private long now;

  /**
   * @param mostOutputs upon one event
   * @param performer takes the outputs; tells nothing at once
   */
  Conduct(Machine<I, O> machine, long start, int mostOutputs, Consumer<O> performer) {
    this.machine = machine;
    this.now = start;
    this.mostOutputs = mostOutputs;
    this.performer = performer;
  }

  long now() {
    return now;
  }

  void tell(I input) {
    machine.handle(input, now);
    drain("input " + input.getClass().getSimpleName());
  }

  /** Lets time pass, so many nanoseconds or until many time-outs have happened. */
  void pass(long nanos) {
    long end = now + nanos;
    for (int i = 0; machine.nextTimeout() <= end; i++) {
      if (i == MOST_TICKS) {
        return;
      }
      now = Math.max(now, machine.nextTimeout());
      machine.tick(now);
      drain("tick");
      assertThat(machine.nextTimeout()).as("next time-out after a tick").isGreaterThan(now);
    }
    now = end;
    machine.tick(now);
    assertThat((Object) machine.poll()).as("output of a spurious tick").isNull();
  }

  private void drain(String event) {
    int outputs = 0;
    for (@Nullable O output = machine.poll(); output != null; output = machine.poll()) {
      performer.accept(output);
      outputs++;
      assertThat(outputs).as("outputs upon %s", event).isLessThanOrEqualTo(mostOutputs);
    }
  }
}
