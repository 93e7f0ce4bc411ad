package io.bradawl.runtime.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.loop.ManualLoop;
import io.bradawl.runtime.session.Sessions;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartGateTest {

  private final ManualLoop loop = new ManualLoop();
  private final StartGate gate = new StartGate();
  private final List<String> told = new ArrayList<>();

  @Test
  void holdsTasksBackUntilTheRuntimeIsUp() {
    gate.execute(with -> told.add("early"));
    assertThat(told).isEmpty();
    gate.open(surroundings());
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

  private StartGate.Task task(String name) {
    return new StartGate.Task() {
      @Override
      public void run(Surroundings with) {
        told.add(name);
      }

      @Override
      public void hopeless(String why) {
        told.add(name + ": " + why);
      }
    };
  }

  private Surroundings surroundings() {
    Sessions unused =
        (Sessions)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Sessions.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    VirtualAddresses addresses = new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer");
    return new Surroundings(loop, unused, addresses, new Random(1));
  }
}
