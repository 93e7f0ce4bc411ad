package io.bradawl.runtime.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.runtime.loop.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartGateTest {

  private final ManualLoop loop = new ManualLoop();
  private final StartGate<String> gate = new StartGate<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void holdsTasksBackUntilTheRuntimeIsUp() {
    gate.execute(with -> told.add("early"));
    assertThat(told).isEmpty();
    gate.open(loop, "parts");
    gate.execute(with -> told.add("late"));
    loop.drain();
    assertThat(told).containsExactly("early", "late");
  }

  @Test
  void tellsWhoWaitsAndWhoComesLaterThatThereIsNoHope() {
    gate.execute(task("first"));
    gate.fail("no Netty");
    gate.execute(task("second"));
    assertThat(told).containsExactly("first: no Netty", "second: no Netty");
  }

  private StartGate.Task<String> task(String name) {
    return new StartGate.Task<>() {
      @Override
      public void run(String parts) {
        told.add(name);
      }

      @Override
      public void hopeless(String why) {
        told.add(name + ": " + why);
      }
    };
  }
}
