package io.bradawl.protocol.sim;

import io.bradawl.protocol.Machine;
import java.util.function.Consumer;

/** Drives a machine by the rules of its contract, and sees that the machine keeps them too. */
public final class Clockwork<I, O> {

  private final World world;
  private final Machine<I, O> machine;
  private final Consumer<O> performer;
  private long wakeAt = Machine.NEVER;
  private int outputs;

  public Clockwork(World world, Machine<I, O> machine, Consumer<O> performer) {
    this.world = world;
    this.machine = machine;
    this.performer = performer;
    drain();
  }

  public void handle(I input) {
    machine.handle(input, world.now());
    drain();
  }

  /** How many outputs there were so far. */
  public int outputs() {
    return outputs;
  }

  public boolean waitsForTime() {
    return machine.nextTimeout() != Machine.NEVER;
  }

  private void drain() {
    for (O output = machine.poll(); output != null; output = machine.poll()) {
      outputs++;
      performer.accept(output);
    }
    long next = machine.nextTimeout();
    if (next != wakeAt) {
      wakeAt = next;
      if (next != Machine.NEVER) {
        world.at(next, () -> wake(next));
      }
    }
  }

  private void wake(long due) {
    if (due != wakeAt) {
      return;
    }
    machine.tick(world.now());
    if (machine.nextTimeout() <= world.now()) {
      throw new AssertionError("a tick does not serve what was due: " + machine);
    }
    drain();
  }
}
