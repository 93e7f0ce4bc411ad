package io.bradawl.it.soak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lets faults happen, and waits until all workloads have recovered from them. */
final class Chaos {
  /** Within this after the end of a fault every workload has an answer again. */
  static final long RECOVERY_MILLIS = 45_000;

  private static final long LOOK_MILLIS = 500;

  private final Stage stage;
  private final Watch watch;
  private final List<Long> askedAt = new ArrayList<>();

  Chaos(Stage stage, Watch watch) {
    this.stage = stage;
    this.watch = watch;
  }

  /** From the beginnings of the faults to the recovery from them. */
  Incident happen(List<Fault> faults) {
    long began = now();
    faults.forEach(fault -> fault.begin().run());
    List<Fault> byEnd = new ArrayList<>(faults);
    byEnd.sort(Comparator.comparing(Fault::lasts));
    for (Fault fault : byEnd) {
      listen(began + fault.lasts().toMillis() - now());
      fault.end().run();
    }
    Map<String, Long> recovery = new LinkedHashMap<>();
    List<String> lost = awaitRecovery(recovery);
    return new Incident(faults, watch.freshSilences(), recovery, lost);
  }

  /** Waits until every workload has had an answer since now. */
  List<String> awaitRecovery(Map<String, Long> recovery) {
    long ended = now();
    List<String> missing = missing(ended, recovery);
    while (!missing.isEmpty() && now() - ended < RECOVERY_MILLIS) {
      listen(LOOK_MILLIS);
      missing = missing(ended, recovery);
    }
    return missing;
  }

  private List<String> missing(long since, Map<String, Long> recovery) {
    String question = String.valueOf(askedAt.size());
    askedAt.add(now());
    stage.clients().forEach(client -> client.tell(question));
    listen(LOOK_MILLIS / 5);
    List<String> missing = new ArrayList<>();
    watch
        .progress()
        .forEach(
            (workload, progress) -> {
              if (heardAt(progress) > since) {
                recovery.putIfAbsent(workload, now() - since);
              } else if (!recovery.containsKey(workload)) {
                missing.add(workload);
              }
            });
    return missing;
  }

  /** When a workload had its last answer, or a little later. */
  private long heardAt(Watch.Progress progress) {
    return progress.answers() == 0
        ? Long.MIN_VALUE
        : askedAt.get(progress.asked()) - progress.silentMillis();
  }

  /** Lets time pass. */
  void listen(long millis) {
    long until = now() + millis;
    while (now() < until) {
      pause(Math.min(1_000, until - now()));
      stage.services().forEach(Service::drain);
    }
    stage.services().forEach(Service::drain);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(Math.max(1, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
