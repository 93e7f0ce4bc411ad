package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.sim.random.Outcome.Result;
import io.bradawl.protocol.sim.random.oracle.Reach;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What came of many worlds. Thread-safe. */
final class Tally {

  private static final int SHOWN = 20;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Long> worst = new TreeMap<>();
  private final Map<Long, String> failures = new TreeMap<>();

  synchronized void add(Outcome outcome) {
    Transport transport = outcome.plan().transport();
    count(transport + ": " + outcome.verdict() + " -> " + outcome.result());
    outcome.plan().traits().forEach(trait -> count("world with " + trait));
    if (outcome.result() != Result.NONE) {
      outcome.plan().faults().forEach(fault -> count("fault: " + fault.kind()));
      worst(transport + ": packets or connects of one side", outcome.spent());
      setUp(outcome);
    }
    if (outcome.oddities().strays() > 0) {
      count("odd: strays from a proven source");
    }
    if (outcome.oddities().unlucky() > 0) {
      count("odd: not recovered, where the order of packets decides and there is no relay");
    }
    if (outcome.oddities().retries() > 0) {
      count("odd: met at the second attempt, because of loss");
    }
    if (!outcome.isGood()) {
      failures.put(outcome.plan().seed(), transport + " " + outcome.violations());
    }
  }

  /** The world of this seed has broken the simulation itself or a machine. */
  synchronized void broke(long seed, Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    failures.put(seed, error + (trace.length == 0 ? "" : " at " + trace[0]));
  }

  synchronized int failures() {
    return failures.size();
  }

  synchronized void print(PrintStream out) {
    counts.forEach((what, number) -> out.printf("%9d  %s%n", number, what));
    worst.forEach((what, number) -> out.printf("%9d  at most, %s%n", number, what));
    failures.entrySet().stream()
        .limit(SHOWN)
        .forEach(each -> out.println("FAILED seed " + each.getKey() + ": " + each.getValue()));
  }

  private void setUp(Outcome outcome) {
    if (outcome.plan().isLossless() && outcome.verdict().direct() == Reach.DIRECT) {
      Duration beyond = outcome.setUp().minus(outcome.plan().skew().abs());
      String what = outcome.plan().transport() + " " + outcome.result() + " without loss: ";
      worst(
          what + "set-up in ms beyond skew and 3 round trips",
          beyond.minus(outcome.plan().roundTrip().multipliedBy(3)).toMillis());
    }
    worst(outcome.plan().transport() + ": set-up in ms", outcome.setUp().toMillis());
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private void worst(String what, long number) {
    worst.merge(what, number, Math::max);
  }
}
