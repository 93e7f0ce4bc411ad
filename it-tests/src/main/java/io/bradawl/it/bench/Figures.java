package io.bradawl.it.bench;

import java.util.List;

/** One figure of one variant over all rounds. */
record Figures(double median, double lowest, double highest) {

  /** Of the figure number {@code figure} of each round. */
  static Figures of(List<List<Double>> rounds, int figure) {
    List<Double> sorted = rounds.stream().map(round -> round.get(figure)).sorted().toList();
    return new Figures(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  String comparedTo(Figures plain) {
    return "%,12.2f   ratio %.3f   (%,.2f to %,.2f)"
        .formatted(median, median / plain.median, lowest, highest);
  }
}
