package io.bradawl.it.matrix;

import io.bradawl.it.matrix.Situation.Reach;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs all situations, or those that are asked for, and writes the table. */
public final class Matrix {
  /** Where a direct path may still come. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration NO_PATIENCE = Duration.ofMillis(300);

  private Matrix() {}

  /**
   * Arguments: the file to write, then words that a situation's names must all contain. The exit
   * status is 1 if a cell fails.
   */
  public static void main(String[] args) throws IOException {
    List<Situation> chosen = chosen(List.of(args).subList(1, args.length));
    Report report = new Report();
    for (Situation situation : chosen) {
      measure(situation, report);
      System.out.println(report.lastRow());
    }
    Files.writeString(Path.of(args[0]), report.markdown());
    System.out.println(chosen.size() + " situations, " + report.failures() + " cells fail");
    System.exit(report.failures() == 0 ? 0 : 1);
  }

  private static List<Situation> chosen(List<String> words) {
    List<Situation> all = new ArrayList<>(Situations.pairs());
    all.addAll(Situations.special());
    return all.stream().filter(situation -> words.stream().allMatch(named(situation))).toList();
  }

  private static java.util.function.Predicate<String> named(Situation situation) {
    String names = (situation.server() + " x " + situation.client()).toLowerCase(Locale.ROOT);
    return word -> names.contains(word.toLowerCase(Locale.ROOT));
  }

  private static void measure(Situation situation, Report report) throws IOException {
    Path directory = Files.createTempDirectory("bradawl-matrix");
    try (Trial trial = new Trial(situation, directory)) {
      trial.begin(Jdk.current());
      Outcome tcp = trial.run(Jdk.current(), "tcp", NO_PATIENCE);
      boolean mayUpgrade = situation.udp() != Reach.RELAYED;
      Outcome udp = trial.run(Jdk.current(), "udp", mayUpgrade ? PATIENCE : NO_PATIENCE);
      report.add(situation, tcp, udp);
      if (!tcp.connected() || !udp.connected()) {
        System.err.println(trial.transcript());
      }
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
