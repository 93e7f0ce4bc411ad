package io.bradawl.it.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What the soak found, in Markdown.
 *
 * @param holdings of each JVM: before, halfway, and after
 */
record Report(
    Duration length,
    long seed,
    List<Incident> incidents,
    Watch watch,
    Map<String, List<Holding>> holdings,
    double processor) {

  /** Why the soak has failed; empty if it has not. */
  List<String> failures() {
    List<String> failures = new ArrayList<>(watch.wrong());
    holdings.forEach(
        (name, held) -> {
          // One that was started in between is as old as it is: growth would say nothing.
          if (!isRestarted(held)) {
            last(held)
                .growthSince(held.get(0))
                .forEach(growth -> failures.add(name + " grew: " + growth));
          }
        });
    return failures;
  }

  String markdown() {
    return String.join("\n", summary(), faults(), workloads(), held(), complaints());
  }

  private String summary() {
    long answers = sum(Watch.Progress::answers);
    long octets = sum(Watch.Progress::octets);
    return """
        %d minutes, seed %d: %d faults in %d incidents, %d failures. %,d right answers, %,d octets checked,
        %d datagrams from what was a peer before a restart; %.0f %% of a core.
        """
        .formatted(
            length.toMinutes(),
            seed,
            incidents.stream().mapToInt(incident -> incident.faults().size()).sum(),
            incidents.size(),
            failures().size(),
            answers,
            octets,
            watch.strays(),
            processor * 100);
  }

  private long sum(ToLongFunction<Watch.Progress> what) {
    return watch.progress().values().stream().mapToLong(what).sum();
  }

  /** Incidents of one fault alone tell what that fault does. */
  private String faults() {
    Map<String, List<Incident>> byKind = new TreeMap<>();
    for (Incident incident : incidents) {
      incident
          .faults()
          .forEach(f -> byKind.computeIfAbsent(f.kind(), any -> new ArrayList<>()).add(incident));
    }
    StringBuilder table =
        new StringBuilder(
            """
            | Fault | times | recovered | longest fault, s | recovery, s: median / longest | longest outage, s |
            | --- | --- | --- | --- | --- | --- |
            """);
    byKind.forEach((kind, all) -> table.append(row(kind, all)));
    return table.toString();
  }

  private static String row(String kind, List<Incident> all) {
    List<Incident> alone = all.stream().filter(i -> i.faults().size() == 1).toList();
    long[] recoveries = alone.stream().mapToLong(Incident::longestRecovery).sorted().toArray();
    long longest =
        alone.stream().mapToLong(i -> i.faults().get(0).lasts().toMillis()).max().orElse(0);
    return "| %s | %d | %d | %s | %s / %s | %s |%n"
        .formatted(
            kind,
            all.size(),
            all.stream().filter(i -> i.lost().isEmpty()).count(),
            seconds(longest),
            recoveries.length == 0 ? "-" : seconds(recoveries[recoveries.length / 2]),
            recoveries.length == 0 ? "-" : seconds(recoveries[recoveries.length - 1]),
            seconds(alone.stream().mapToLong(Incident::longestSilence).max().orElse(0)));
  }

  private String workloads() {
    Map<String, Long> outage = new TreeMap<>();
    for (Incident incident : incidents) {
      incident.silences().forEach(s -> outage.merge(s.workload(), s.millis(), Math::max));
    }
    StringBuilder table =
        new StringBuilder(
            """
            | Workload | right answers | octets checked | connections broken | not made | doubled datagrams | longest outage, s |
            | --- | --- | --- | --- | --- | --- | --- |
            """);
    for (String workload : byWorkload(Watch.Progress::answers).keySet()) {
      table.append(
          "| %s | %,d | %,d | %d | %d | %d | %s |%n"
              .formatted(
                  workload,
                  byWorkload(Watch.Progress::answers).get(workload),
                  byWorkload(Watch.Progress::octets).get(workload),
                  watch.ends().getOrDefault("broken " + workload, 0),
                  watch.ends().getOrDefault("failed " + workload, 0),
                  byWorkload(Watch.Progress::duplicates).get(workload),
                  seconds(outage.getOrDefault(workload, 0L))));
    }
    return table.toString();
  }

  private Map<String, Long> byWorkload(ToLongFunction<Watch.Progress> what) {
    Map<String, Long> sums = new TreeMap<>();
    watch
        .progress()
        .forEach(
            (name, progress) ->
                sums.merge(
                    name.substring(name.indexOf('/') + 1), what.applyAsLong(progress), Long::sum));
    return sums;
  }

  private String held() {
    StringBuilder table =
        new StringBuilder(
            """
            | JVM: before, halfway, after | descriptors | threads | heap after a collection, kB | resident, MB |
            | --- | --- | --- | --- | --- |
            """);
    holdings.forEach((name, held) -> table.append(jvm(name, held)));
    return table.toString();
  }

  private static boolean isRestarted(List<Holding> held) {
    return last(held).pid() != held.get(0).pid();
  }

  private static Holding last(List<Holding> held) {
    return held.get(held.size() - 1);
  }

  private static String jvm(String name, List<Holding> held) {
    return "| %s%s | %s | %s | %s | %s |%n"
        .formatted(
            name,
            isRestarted(held) ? " (restarted)" : "",
            each(held, Holding::descriptors),
            each(held, Holding::threads),
            each(held, holding -> holding.heap() >> 10),
            each(held, holding -> holding.resident() >> 20));
  }

  private static String each(List<Holding> held, ToLongFunction<Holding> what) {
    return held.stream()
        .map(holding -> "%,d".formatted(what.applyAsLong(holding)))
        .collect(Collectors.joining(" / "));
  }

  private String complaints() {
    StringBuilder text = new StringBuilder("Warnings and errors in the logs, by text:\n\n");
    watch.complaints().forEach((line, times) -> text.append("    %6d %s%n".formatted(times, line)));
    return text.toString();
  }

  private static String seconds(long millis) {
    return "%.1f".formatted(millis / 1000.0);
  }
}
