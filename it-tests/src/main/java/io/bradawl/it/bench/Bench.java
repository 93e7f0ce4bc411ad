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

  private final Jdk jdk = Jdk.current();
  private final Host server;
  private final Host client;
  private final String rendezvous;

  private Bench(Host server, Host client, String rendezvous) {
    this.server = server;
    this.client = client;
    this.rendezvous = rendezvous;
  }

  /** Argument: {@code throughput} or {@code packets}. */
  public static void main(String[] args) throws IOException {
    try (Lab lab = Lab.open()) {
      Host rendezvous = lab.publicHost("rendezvous");
      JavaCommand command = JavaCommand.ofJar(Jdk.current(), Artifacts.rendezvous());
      try (Program running = start(rendezvous, "rendezvous", command)) {
        running.await("listening", LIMIT);
        Bench bench =
            new Bench(
                lab.publicHost("server"), lab.publicHost("client"), rendezvous.address() + ":3478");
        bench.run(args[0]);
      }
    }
  }

  private void run(String benchmark) throws IOException {
    System.out.printf(
        "JDK %s, median of %d rounds (lowest to highest)%n", Runtime.version(), ROUNDS);
    if (benchmark.equals("throughput")) {
      measure("TCP Gbit/s", "stream", Variant.values());
      measure("TCP connects/s", "connects", Variant.PLAIN, Variant.AGENT);
    } else {
      measure("UDP 64 B datagrams/s", "64", Variant.values());
      measure("UDP 1200 B datagrams/s", "1200", Variant.values());
    }
  }

  private void measure(String title, String load, Variant... variants) throws IOException {
    Map<Variant, List<Double>> results = new EnumMap<>(Variant.class);
    for (int round = 0; round < ROUNDS; round++) {
      for (Variant variant : variants) {
        results.computeIfAbsent(variant, none -> new ArrayList<>()).add(once(load, variant));
      }
    }
    Figures plain = Figures.of(results.getOrDefault(Variant.PLAIN, List.of()));
    System.out.println(title);
    results.forEach(
        (variant, figures) ->
            System.out.printf(
                "  %-13s %s%n", variant.label(), Figures.of(figures).comparedTo(plain)));
  }

  private double once(String load, Variant variant) throws IOException {
    JavaCommand near =
        program(LoadClient.class, load, variant.target(server.address(), "server"), SECONDS);
    try (Program far =
        start(server, "server", variant.equip(program(LoadServer.class), rendezvous, "server"))) {
      far.await("load server ready", LIMIT);
      try (Program running = start(client, "client", variant.equip(near, rendezvous, "client"))) {
        return Double.parseDouble(running.await("result ([0-9.E]+)", LIMIT).group(1));
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
