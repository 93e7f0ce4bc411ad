package io.bradawl.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/operation.md and the files for operators say what the server does. */
class OperationDocumentTest {

  private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)`");
  private static final Pattern METRIC =
      Pattern.compile("\\| `(bradawl_\\w+)` \\| (\\w+) \\|(.*?)\\|");
  private static final Pattern KEY = Pattern.compile("(?:# )?([a-z-]+)=.*");
  private static final Pattern SERIES = Pattern.compile("(bradawl_\\w+?)(?:\\{(.*)})? [0-9.E]+");

  @Test
  void everyOptionIsListed() throws IOException {
    Set<String> listed = new TreeSet<>();
    lines("../docs/operation.md")
        .filter(line -> line.startsWith("| `--"))
        .flatMap(line -> OPTION.matcher(line.split("\\|")[1]).results())
        .forEach(found -> listed.add(found.group(1)));
    assertThat(listed).isEqualTo(options());
  }

  @Test
  void everyMetricIsListed() throws IOException {
    Map<String, Set<String>> listed = new TreeMap<>();
    lines("../docs/operation.md")
        .flatMap(line -> METRIC.matcher(line).results())
        .forEach(row -> listed.put(row.group(1), words(row.group(3).replaceAll("[`,]", " "))));
    assertThat(listed).isEqualTo(scraped());
  }

  @Test
  void theTypesOfMetricsAreRight() throws IOException {
    assertThat(lines("../docs/operation.md").flatMap(line -> METRIC.matcher(line).results()))
        .isNotEmpty()
        .allMatch(row -> row.group(1).endsWith("_total") == row.group(2).equals("counter"));
  }

  @Test
  void theConfigurationForTheServiceHasNoUnknownKey() throws IOException {
    Set<String> keys = new TreeSet<>();
    lines("deploy/rendezvous.properties")
        .flatMap(line -> KEY.matcher(line).results().filter(found -> found.start() == 0))
        .forEach(found -> keys.add("--" + found.group(1)));
    assertThat(keys).hasSizeGreaterThan(5);
    assertThat(options()).containsAll(keys);
  }

  private static Set<String> options() {
    Set<String> options = new TreeSet<>();
    for (OptionSpec option : new CommandLine(new RendezvousMain()).getCommandSpec().options()) {
      options.add(option.longestName());
    }
    options.removeAll(Set.of("--help", "--version"));
    return options;
  }

  /** The names of labels of each metric of ours that is served. */
  private static Map<String, Set<String>> scraped() throws IOException {
    Map<String, Set<String>> metrics = new TreeMap<>();
    for (String line : Scrape.lines()) {
      SERIES
          .matcher(line)
          .results()
          .filter(found -> found.start() == 0)
          .forEach(found -> metrics.put(found.group(1), labels(found)));
    }
    return metrics;
  }

  private static Set<String> labels(MatchResult series) {
    String labels = series.group(2);
    return labels == null ? Set.of() : words(labels.replaceAll("=\"[^\"]*\",?", " "));
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>(Set.of(text.strip().split("\\s+")));
    words.remove("");
    return words;
  }

  private static Stream<String> lines(String file) throws IOException {
    return Files.readAllLines(Path.of(file)).stream();
  }
}
