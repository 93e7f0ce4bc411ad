package io.bradawl.it.bench;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Throughput, connect rate and packet rate between two hosts of the laboratory. Every figure is the
 * median of several rounds in fresh JVMs, the variants taking turns within a round, so that what
 * else the machine does hits them alike.
 */
public final class Bench {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ROUNDS = 5;
  private static final String SECONDS = "3";

  /** Nothing comes in from that host. */
  private static final String SHUT =
      """
      nft add table ip apart
      nft 'add chain ip apart in { type filter hook input priority 0; }'
      nft add rule ip apart in ip saddr %s drop
      """;

  private static final String OPEN = "nft delete table ip apart";

  private final Jdk jdk = Jdk.current();
  private final Host server;
  private final Host client;
  private final String rendezvous;
  private final int rounds;

  private Bench(Host server, Host client, String rendezvous, int rounds) {
    this.server = server;
    this.client = client;
    this.rendezvous = rendezvous;
    this.rounds = rounds;
  }

  /**
   * Arguments: {@code throughput}, {@code packets} or {@code relayed}, and the number of rounds if
   * not 5.
   */
  public static void main(String[] args) throws IOException {
    try (Lab lab = Lab.open()) {
      Host rendezvous = lab.publicHost("rendezvous");
      JavaCommand command = JavaCommand.ofJar(Jdk.current(), Artifacts.rendezvous());
      try (Program running = start(rendezvous, "rendezvous", command)) {
        running.await("listening", LIMIT);
        Bench bench =
            new Bench(
                lab.publicHost("server"),
                lab.publicHost("client"),
                rendezvous.address() + ":3478",
                args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS);
        bench.run(args[0]);
      }
    }
  }

  private void run(String benchmark) throws IOException {
    System.out.printf(
        "JDK %s, median of %d rounds (lowest to highest)%n", Runtime.version(), rounds);
    switch (benchmark) {
      case "throughput" -> {
        measure(Load.STREAM, Variant.direct());
        measure(Load.CONNECTS, Variant.PLAIN, Variant.AGENT);
      }
      case "relayed" -> {
        measure(Load.STREAM, Variant.encrypted());
        measure(Load.datagrams(1200), Variant.encrypted());
        measure(Load.TRIPS, Variant.encrypted());
      }
      default -> {
        measure(Load.datagrams(64), Variant.direct());
        measure(Load.datagrams(1200), Variant.direct());
        measure(Load.TRIPS, Variant.direct());
      }
    }
  }

  private void measure(Load load, Variant... variants) throws IOException {
    Map<Variant, List<List<Double>>> results = new EnumMap<>(Variant.class);
    for (int round = 0; round < rounds; round++) {
      for (Variant variant : variants) {
        results.computeIfAbsent(variant, none -> new ArrayList<>()).add(once(load, variant));
      }
    }
    for (int figure = 0; figure < load.figures().size(); figure++) {
      System.out.println(load.figures().get(figure));
      print(results, figure);
    }
  }

  private static void print(Map<Variant, List<List<Double>>> results, int figure) {
    Figures plain = Figures.of(results.getOrDefault(Variant.PLAIN, List.of()), figure);
    results.forEach(
        (variant, rounds) ->
            System.out.printf(
                "  %-13s %s%n", variant.label(), Figures.of(rounds, figure).comparedTo(plain)));
  }

  private List<Double> once(Load load, Variant variant) throws IOException {
    if (variant != Variant.RELAYED) {
      return measured(load, variant);
    }
    server.shell(SHUT.formatted(client.address()));
    client.shell(SHUT.formatted(server.address()));
    try {
      return measured(load, variant);
    } finally {
      server.shell(OPEN);
      client.shell(OPEN);
    }
  }

  private List<Double> measured(Load load, Variant variant) throws IOException {
    String target = variant.target(server.address(), "server");
    JavaCommand near = program(LoadClient.class, load.argument(), target, SECONDS);
    try (Program far =
        start(server, "server", variant.equip(program(LoadServer.class), rendezvous, "server"))) {
      far.await("load server ready", LIMIT);
      if (variant.isPeer()) {
        far.await("registered at", LIMIT);
      }
      try (Program running = start(client, "client", variant.equip(near, rendezvous, "client"))) {
        return load.read(running.await("result ([0-9.E ]+)", LIMIT).group(1));
      }
    }
  }

  private JavaCommand program(Class<?> main, String... arguments) {
    return JavaCommand.of(jdk, Artifacts.programs(), main.getName(), arguments);
  }

  private static Program start(Host host, String label, JavaCommand command) throws IOException {
    return host.start(
        label, command.words(), Map.of(), Path.of(System.getProperty("java.io.tmpdir")));
  }
}
