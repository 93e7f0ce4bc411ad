package io.bradawl.it.matrix;

import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs all situations, or those that are asked for, and writes the table. */
public final class Matrix {
  private final Report report = new Report();

  private final boolean verbose;

  private Matrix(boolean verbose) {
    this.verbose = verbose;
  }

  /**
   * Arguments: the file to write, then words that a situation's names must all contain, and {@code
   * -v} to see what everybody has said. Situations with a cell that fails are tried once more at
   * the end, since a busy machine is no NAT. The exit status is 1 if one fails then, too.
   */
  public static void main(String[] args) throws IOException {
    List<String> words = new ArrayList<>(List.of(args).subList(1, args.length));
    Matrix matrix = new Matrix(words.remove("-v"));
    List<Situation> chosen = chosen(words);
    if (chosen.isEmpty()) {
      System.out.println("no situation's names contain all of these words");
      System.exit(2);
    }
    matrix.measureAll(chosen);
    List<Situation> failing = matrix.report.failing();
    if (!failing.isEmpty()) {
      System.out.println("again, what fails:");
      matrix.measureAll(failing);
    }
    Files.writeString(Path.of(args[0]), matrix.report.markdown());
    System.out.println(matrix.report.summary());
    System.exit(matrix.report.failures() == 0 ? 0 : 1);
  }

  private static List<Situation> chosen(List<String> words) {
    List<Situation> all = new ArrayList<>(Situations.pairs());
    all.addAll(Situations.special());
    return all.stream().filter(situation -> words.stream().allMatch(named(situation))).toList();
  }

  private static Predicate<String> named(Situation situation) {
    String name = situation.name().toLowerCase(Locale.ROOT);
    return word -> name.contains(word.toLowerCase(Locale.ROOT));
  }

  private void measureAll(List<Situation> situations) {
    for (int i = 0; i < situations.size(); i++) {
      System.out.print((i + 1) + "/" + situations.size() + " ");
      measure(situations.get(i));
    }
  }

  /** Whatever goes wrong is a failure of this situation only. */
  private void measure(Situation situation) {
    long begun = System.nanoTime();
    Outcome.Both outcome = Outcome.Both.FAILED;
    try {
      outcome = attempt(situation);
    } catch (IOException | RuntimeException e) {
      System.err.println(situation.name() + " could not be tried: " + e);
    }
    report.add(situation, outcome);
    long seconds = (System.nanoTime() - begun) / 1_000_000_000L;
    System.out.println(report.row(situation) + " " + seconds + " s");
  }

  private Outcome.Both attempt(Situation situation) throws IOException {
    Path directory = Files.createTempDirectory("bradawl-matrix");
    try (Trial trial = new Trial(situation, directory)) {
      Outcome.Both outcome = trial.run(Jdk.current());
      if (verbose || Report.failures(situation, outcome) > 0) {
        System.err.println(trial.transcript());
      }
      return outcome;
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
