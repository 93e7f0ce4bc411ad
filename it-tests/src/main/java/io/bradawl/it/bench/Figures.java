package io.bradawl.it.bench;

import java.util.List;

/** The results of one variant. */
record Figures(double median, double lowest, double highest) {

  static Figures of(List<Double> results) {
    List<Double> sorted = results.stream().sorted().toList();
    return new Figures(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  String comparedTo(Figures plain) {
    return "%,12.1f   ratio %.3f   (%,.1f to %,.1f)"
        .formatted(median, median / plain.median, lowest, highest);
  }
}
