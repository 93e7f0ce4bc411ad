package io.bradawl.it.load;

import io.bradawl.it.load.cluster.Multitude;
import io.bradawl.it.load.measure.Memory;
import io.bradawl.it.load.measure.Sample;
import io.bradawl.it.load.scenario.Scenario;
import io.bradawl.it.load.scenario.Table;
import io.bradawl.it.load.subject.Cores;
import io.bradawl.it.load.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What one server holds, beside coturn in the same run. */
public final class Capacity {

  private static final int ROUNDS = 5;
  private static final int ALLOCATIONS = 4000;

  /** As many as file descriptors that processes may have without being given more. */
  private static final int PEERS = 15_000;

  /** Of a cluster; each node may have as many connections as files open, and few less. */
  private static final int ALL_PEERS = 100_000;

  private static final int MOST_OF_NODE = 17_000;

  private static final Duration ROUND = Duration.ofSeconds(3);

  /** Processor seconds of a server before it is measured: until then it compiles itself. */
  private static final double WARM_UP = 6;

  private static final int MOST_WARM_UPS = 12;

  private final Cores cores =
      new Cores(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  private final Path directory;
  private final int rounds;

  private Capacity(Path directory, int rounds) {
    this.directory = directory;
    this.rounds = rounds;
  }

  /**
   * Arguments: a directory for what servers write, what to measure, and the number of rounds if not
   * 5, or of peers where these are what is measured.
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    OptionalInt number =
        args.length > 2 ? OptionalInt.of(Integer.parseInt(args[2])) : OptionalInt.empty();
    Capacity capacity = new Capacity(directory, number.orElse(ROUNDS));
    switch (args[1]) {
      case "stun" -> capacity.stun();
      case "relay" -> capacity.relay();
      case "bulk" -> capacity.bulk();
      case "allocations" -> capacity.allocations();
      case "peers" -> capacity.peers(number.orElse(PEERS));
      case "spray" -> capacity.spray();
      case "cluster" -> cluster(number.orElse(ALL_PEERS), directory);
      case "all" -> {
        capacity.stun();
        capacity.relay();
        capacity.bulk();
        capacity.allocations();
        capacity.peers(PEERS);
        capacity.spray();
      }
      default -> throw new IllegalArgumentException("unknown load '" + args[1] + "'");
    }
  }

  private static void cluster(int peers, Path directory) throws IOException {
    int nodes = (peers + MOST_OF_NODE - 1) / MOST_OF_NODE;
    Multitude.show(peers, nodes, directory);
  }

  private void stun() throws IOException {
    try (Subject bradawl = Subject.bradawl(cores, directory);
        Subject coturn = Subject.coturn(cores, directory);
        Subject echo = Subject.echo(cores, directory)) {
      measure(Scenario.stun(), List.of(bradawl, coturn, echo));
    }
  }

  private void relay() throws IOException {
    for (int octets : new int[] {120, 1200}) {
      try (Subject bradawl = Subject.bradawl(cores, directory);
          Subject coturn = Subject.coturn(cores, directory)) {
        measure(Scenario.calls(octets), List.of(bradawl, coturn));
        measure(Scenario.transfers(octets), List.of(bradawl, coturn));
      }
    }
  }

  private void bulk() throws IOException {
    try (Subject bradawl = Subject.bradawl(cores, directory);
        Subject coturn = Subject.coturn(cores, directory)) {
      measure(Scenario.bulk(), List.of(bradawl, coturn));
    }
  }

  private void allocations() throws IOException {
    System.out.println("\nmemory");
    try (Subject bradawl = Subject.bradawl(cores, directory, Memory.OPTIONS);
        Subject coturn = Subject.coturn(cores, directory)) {
      Holdings.allocations(bradawl, ALLOCATIONS);
      Holdings.allocations(coturn, ALLOCATIONS);
    }
  }

  private void peers(int count) throws IOException {
    System.out.println("\nsignalling");
    try (Subject bradawl = Subject.bradawl(cores, directory, Memory.OPTIONS)) {
      Holdings.peers(bradawl, count);
    }
  }

  private void spray() throws IOException {
    System.out.println("\nspoofed sources");
    try (Subject bradawl = Subject.bradawl(cores, directory, Memory.OPTIONS)) {
      Flood.show(bradawl);
    }
  }

  private void measure(Scenario scenario, List<Subject> subjects) {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    subjects.forEach(subject -> warmUp(scenario, subject));
    for (int round = 0; round < rounds; round++) {
      for (Subject subject : subjects) {
        samples
            .computeIfAbsent(subject.name(), none -> new ArrayList<>())
            .add(scenario.run(subject, ROUND));
      }
    }
    Table.print(scenario, samples);
  }

  private static void warmUp(Scenario scenario, Subject subject) {
    double spent = 0;
    int most = subject.isJava() ? MOST_WARM_UPS : 1;
    for (int i = 0; i < most && spent < WARM_UP; i++) {
      spent += scenario.run(subject, ROUND).spent().server();
    }
  }
}
