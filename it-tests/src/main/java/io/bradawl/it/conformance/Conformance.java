package io.bradawl.it.conformance;

import io.bradawl.it.lab.Lab;
import io.bradawl.protocol.sim.probe.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what Linux does, beside what the simulation takes it to do, as tables in Markdown. */
public final class Conformance {

  private Conformance() {}

  /** Takes no arguments. The exit status is 1 if the simulation is wrong about anything. */
  public static void main(String[] args) {
    List<Comparison> all;
    try (Lab lab = Lab.open()) {
      all = Comparison.of(lab, Arrays.asList(Kind.values()));
    }
    print(all.stream().filter(comparison -> comparison.kind().isKernels()).toList());
    print(all.stream().filter(comparison -> !comparison.kind().isKernels()).toList());
    List<String> differences =
        all.stream().flatMap(comparison -> comparison.differences().stream()).toList();
    differences.forEach(System.out::println);
    System.exit(differences.isEmpty() ? 0 : 1);
  }

  private static void print(List<Comparison> columns) {
    System.out.println(row("", columns.stream().map(column -> column.kind().label()).toList()));
    System.out.println("| --- ".repeat(columns.size() + 1) + "|");
    for (Trait trait : Trait.values()) {
      System.out.println(
          row(trait.label(), columns.stream().map(column -> column.cell(trait)).toList()));
    }
    System.out.println();
  }

  private static String row(String head, List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| " + head + " | ", " |"));
  }
}
