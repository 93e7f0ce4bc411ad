package io.bradawl.it.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets unmodified applications talk for a while, with one fault after the other. The exit status is
 * 1 if anything wrong was delivered, a workload did not recover, or a process has grown.
 */
public final class Soak {
  /** How many workloads each client has. */
  private static final int WORKLOADS = 7;

  private static final long PATIENCE_MILLIS = 180_000;
  private static final long WARM_UP_MILLIS = 30_000;
  private static final long CALM_MILLIS = 75_000;

  private final Stage stage;
  private final Watch watch;
  private final Chaos chaos;
  private final Faults faults;
  private final Path directory;
  private final List<Incident> incidents = new ArrayList<>();

  private Soak(Stage stage, Watch watch, long seed, Path directory) {
    this.stage = stage;
    this.watch = watch;
    this.chaos = new Chaos(stage, watch);
    this.faults = new Faults(stage, seed);
    this.directory = directory;
  }

  /** Arguments: minutes, seed, a directory for the report and what the programs say. */
  public static void main(String[] args) throws IOException {
    Duration length = Duration.ofMinutes(Long.parseLong(args[0]));
    long seed = Long.parseLong(args[1]);
    Path directory = Files.createDirectories(Path.of(args[2])).toAbsolutePath();
    Watch watch = new Watch();
    boolean isGood;
    try (Stage stage = new Stage(directory, watch)) {
      say("soak for " + length.toMinutes() + " minutes, seed " + seed);
      isGood = new Soak(stage, watch, seed, directory).run(length, seed);
    }
    System.exit(isGood ? 0 : 1);
  }

  private boolean run(Duration length, long seed) throws IOException {
    warmUp();
    Map<String, List<Holding>> holdings = new LinkedHashMap<>();
    look("before", holdings);
    say("all talk; faults from now on");
    long began = Chaos.now();
    while (Chaos.now() - began < length.toMillis() / 2) {
      incident();
    }
    look("halfway", holdings);
    while (Chaos.now() - began < length.toMillis()) {
      incident();
    }
    say("faults are over");
    chaos.listen(CALM_MILLIS);
    List<String> lost = chaos.awaitRecovery(new LinkedHashMap<>());
    lost.forEach(workload -> watch.wrong().add(workload + " is silent in the end"));
    look("after", holdings);
    Report report = new Report(length, seed, incidents, watch, holdings, Processor.share(stage));
    Files.writeString(directory.resolve("report.md"), report.markdown());
    System.out.println(report.markdown());
    report.failures().forEach(failure -> System.out.println("FAILED: " + failure));
    return report.failures().isEmpty();
  }

  private void warmUp() {
    int all = stage.clients().size() * WORKLOADS;
    long deadline = Chaos.now() + PATIENCE_MILLIS;
    while (talking() < all) {
      if (Chaos.now() > deadline) {
        throw new IllegalStateException("only " + talking() + " of " + all + " workloads begin");
      }
      chaos.awaitRecovery(new LinkedHashMap<>());
      chaos.listen(WARM_UP_MILLIS / 10);
    }
    chaos.listen(WARM_UP_MILLIS);
    watch.freshSilences();
  }

  private long talking() {
    return watch.progress().values().stream().filter(each -> each.answers() > 0).count();
  }

  private void incident() {
    List<Fault> drawn = faults.draw();
    drawn.forEach(fault -> say(fault.toString()));
    Incident incident = chaos.happen(drawn);
    incidents.add(incident);
    say(
        "  recovered in %d ms, longest silence %d ms"
            .formatted(incident.longestRecovery(), incident.longestSilence()));
    for (String workload : incident.lost()) {
      say("!! " + workload + " has not recovered");
      watch.wrong().add(workload + " did not recover from " + drawn);
    }
    chaos.listen(faults.between(1_000, 8_000).toMillis());
  }

  private void look(String when, Map<String, List<Holding>> holdings) {
    for (Service service : stage.jvms()) {
      Path histogram = directory.resolve(service.name() + "." + when + ".histogram");
      holdings
          .computeIfAbsent(service.name(), first -> new ArrayList<>())
          .add(Holding.of(service, histogram));
    }
  }

  private static void say(String text) {
    System.out.println(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
  }
}
