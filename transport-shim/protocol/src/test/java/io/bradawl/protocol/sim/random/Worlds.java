package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.sim.random.plan.Plan;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The command {@code it-tests/worlds}. */
public final class Worlds {

  private static final String USAGE = "usage: worlds [COUNT] [FIRST SEED] | worlds --seed SEED";
  private static final int COUNT = 100_000;

  private Worlds() {}

  public static void main(String... args) {
    System.exit(run(args, System.out) ? 0 : 1);
  }

  private static boolean run(String[] args, PrintStream out) {
    try {
      if (args.length == 2 && args[0].equals("--seed")) {
        return replay(Long.parseLong(args[1]), out);
      }
      long count = args.length > 0 ? Long.parseLong(args[0]) : COUNT;
      return many(count, args.length > 1 ? Long.parseLong(args[1]) : 0, out);
    } catch (NumberFormatException e) {
      out.println(USAGE + " (numbers only: " + e.getMessage() + ")");
      return false;
    }
  }

  private static boolean replay(long seed, PrintStream out) {
    Plan plan = Plan.of(seed);
    out.println(plan);
    Outcome outcome = Course.traced(plan, out::println);
    out.println("oracle: " + outcome.verdict());
    out.printf("%s after %d ms%n", outcome.result(), outcome.setUp().toMillis());
    outcome.violations().forEach(out::println);
    return outcome.isGood();
  }

  private static boolean many(long count, long first, PrintStream out) {
    int cores = Runtime.getRuntime().availableProcessors();
    Tally tally = new Tally();
    AtomicLong seeds = new AtomicLong(first);
    AtomicLong processor = new AtomicLong();
    List<Thread> threads =
        IntStream.range(0, cores)
            .mapToObj(i -> new Thread(() -> processor.addAndGet(live(seeds, first + count, tally))))
            .toList();
    threads.forEach(Thread::start);
    threads.forEach(Worlds::join);
    tally.print(out);
    out.printf(
        Locale.ROOT,
        "%d worlds from seed %d, %d failures; %.0f worlds per second of one core%n",
        count,
        first,
        tally.failures(),
        count * 1e9 / processor.get());
    return tally.failures() == 0;
  }

  /** The processor time that it took, in nanoseconds. */
  private static long live(AtomicLong seeds, long end, Tally tally) {
    for (long seed = seeds.getAndIncrement(); seed < end; seed = seeds.getAndIncrement()) {
      try {
        tally.add(Course.of(Plan.of(seed)));
      } catch (RuntimeException | Error e) { // one that ends the thread would end it unnoticed
        tally.broke(seed, e);
      }
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
