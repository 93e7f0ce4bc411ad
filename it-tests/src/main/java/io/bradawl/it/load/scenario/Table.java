package io.bradawl.it.load.scenario;

import io.bradawl.it.load.measure.Sample;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Servers beside each other, medians of all rounds. */
public final class Table {

  private static final String RIVAL = "coturn";
  private static final double BITS = 8e-9;

  private Table() {}

  public static void print(Scenario scenario, Map<String, List<Sample>> samples) {
    String size = scenario.octets() == 0 ? "" : ", " + scenario.octets() + " B";
    System.out.printf("%n%s%s%n", scenario.title(), size);
    System.out.printf(
        "  %-8s %12s %5s %14s %6s %10s %12s %8s %7s%n",
        "",
        "delivered/s",
        "full",
        "per CPU second",
        "ratio",
        "CPU us",
        "Gbit/CPU s",
        "lost",
        "loader");
    List<Sample> rival = samples.getOrDefault(RIVAL, List.of());
    samples.forEach((name, those) -> line(scenario, name, those, rival));
  }

  private static void line(
      Scenario scenario, String name, List<Sample> samples, List<Sample> rival) {
    double rate = median(samples, Sample::perServerSecond);
    System.out.printf(
        "  %-8s %,12.0f %4.0f%% %,14.0f %6.2f %10.2f %12.2f %7.1f%% %,9.0f%n",
        name,
        median(samples, Sample::perSecond),
        100 * median(samples, Sample::busy),
        rate,
        rate / median(rival, Sample::perServerSecond),
        1e6 / rate,
        rate * scenario.octets() * BITS,
        100 * median(samples, Sample::lost),
        median(samples, Sample::perLoaderSecond));
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
