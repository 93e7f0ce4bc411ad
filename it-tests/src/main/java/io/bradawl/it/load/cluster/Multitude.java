package io.bradawl.it.load.cluster;

import io.bradawl.it.lab.Program;
import io.bradawl.it.load.measure.KernelMemory;
import io.bradawl.it.load.measure.Memory;
import io.bradawl.it.load.measure.Usage;
import io.bradawl.it.load.subject.Own;
import io.bradawl.it.run.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * More registered peers than one process may have files open: several nodes with one Redis, and for
 * each of them a process with its share of the peers, over one TCP connection each.
 */
public final class Multitude implements AutoCloseable {

  private static final int REDIS = 6390;
  private static final int SAMPLE = 200;
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** Longer than the 60 s of silence that a server bears, and than two rounds of registering. */
  private static final Duration KEPT = Duration.ofSeconds(75);

  private final int all;
  private final Program redis;
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final List<Program> crowds = new ArrayList<>();

  private Multitude(int all, Program redis) {
    this.all = all;
    this.redis = redis;
  }

  /** Shows that so many peers are kept by so many nodes, and what they take. */
  public static void show(int peers, int count, Path directory) throws IOException {
    int share = (peers + count - 1) / count;
    System.out.printf("%n%d nodes with one Redis, %,d peers each%n", count, share);
    Program redis =
        Program.start(
            "redis",
            List.of("redis-server", "--bind", "127.0.0.1", "--port", "" + REDIS, "--save", ""),
            Map.of(),
            directory);
    try (Multitude multitude = new Multitude(share * count, redis)) {
      redis.await("Ready to accept connections", LIMIT);
      for (int i = 0; i < count; i++) {
        multitude.nodes.add(ClusterNode.start(i + 1, REDIS, directory));
      }
      multitude.register(directory);
      multitude.keep();
      multitude.meet();
      multitude.keep();
    }
  }

  private void register(Path directory) throws IOException {
    Memory before = memory();
    KernelMemory kernel = KernelMemory.read();
    long redisBefore = new Usage(redis.pid()).resident();
    double start = processor();
    long began = System.nanoTime();
    int share = all / nodes.size();
    for (int i = 0; i < nodes.size(); i++) {
      crowds.add(crowd(i, share, directory));
    }
    crowds.forEach(crowd -> crowd.await("^registered", LIMIT));
    double wall = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "  registered in %.0f s; CPU us of the nodes for each, signs of life meanwhile included:"
            + " %.0f%n",
        wall, 1e6 * (processor() - start) / all);
    print(before, kernel, redisBefore);
  }

  private void print(Memory before, KernelMemory kernel, long redisBefore) throws IOException {
    Memory after = memory();
    KernelMemory grown = KernelMemory.read().since(kernel);
    System.out.printf(
        "  of each peer, KiB: heap %.2f, outside of it %.2f, Redis %.2f, kernel (both ends of the"
            + " connection) %.2f and %.2f in buffers%n",
        kibi(after.live() - before.live()),
        kibi(after.resident() - before.resident()),
        kibi(new Usage(redis.pid()).resident() - redisBefore),
        kibi(grown.slab()),
        kibi(grown.buffers()));
  }

  private Program crowd(int number, int share, Path directory) throws IOException {
    ClusterNode node = nodes.get(number);
    JavaCommand command =
        Own.program(
                PeerCrowd.class,
                node.address().getHostString(),
                String.valueOf(node.address().getPort()),
                "127.0.2." + (number + 1),
                String.valueOf(number * share),
                String.valueOf(share),
                String.valueOf(all))
            .options("-Xmx512m");
    return Program.start("crowd " + number, command.words(), Map.of(), directory);
  }

  /** Peers of each node look up and offer to peers of all other nodes. */
  private void meet() throws IOException {
    crowds.forEach(crowd -> tell(crowd, "meet " + SAMPLE));
    int found = 0;
    for (Program crowd : crowds) {
      found += Integer.parseInt(crowd.await("^met (\\d+)", LIMIT).group(1));
    }
    System.out.printf(
        "  %,d of %,d look-ups across the nodes found their peer%n", found, SAMPLE * nodes.size());
  }

  private void keep() {
    long signs = report("signs");
    double start = processor();
    double redisStart = new Usage(redis.pid()).read().server();
    long began = System.nanoTime();
    pause(KEPT);
    long kept = report("signs") - signs;
    double wall = (System.nanoTime() - began) / 1e9;
    double spent = processor() - start;
    System.out.printf(
        "  %,d of %,d registered at the nodes, %,d connected, %,d offers received; after %.0f s with %,d"
            + " signs of life, the latest %d ms late%n",
        nodes.stream().mapToLong(node -> node.metric("bradawl_registered_peers")).sum(),
        all,
        report("here"),
        report("offers"),
        wall,
        kept,
        latest());
    System.out.printf(
        "  CPU us for each sign of life: %.0f of the nodes (%.2f cores), %.0f of Redis%n",
        1e6 * spent / kept,
        spent / wall,
        1e6 * (new Usage(redis.pid()).read().server() - redisStart) / kept);
  }

  private long latest() {
    return crowds.stream().mapToLong(crowd -> last(crowd, "latest")).max().orElse(0);
  }

  private long report(String what) {
    int[] known = crowds.stream().mapToInt(crowd -> reports(crowd).size()).toArray();
    crowds.forEach(crowd -> tell(crowd, "report"));
    for (int i = 0; i < known.length; i++) {
      while (reports(crowds.get(i)).size() == known[i]) {
        pause(Duration.ofMillis(20));
      }
    }
    return crowds.stream().mapToLong(crowd -> last(crowd, what)).sum();
  }

  private static long last(Program crowd, String what) {
    List<String> reports = reports(crowd);
    Matcher figure = Pattern.compile(what + "=(\\d+)").matcher(reports.get(reports.size() - 1));
    if (!figure.find()) {
      throw new IllegalStateException("no " + what + " in " + reports);
    }
    return Long.parseLong(figure.group(1));
  }

  private static List<String> reports(Program crowd) {
    return crowd.lines().stream().filter(line -> line.startsWith("report")).toList();
  }

  private Memory memory() throws IOException {
    Memory sum = new Memory(0, 0);
    for (ClusterNode node : nodes) {
      sum = sum.plus(Memory.ofJava(node.usage()));
    }
    return sum;
  }

  private double processor() {
    return nodes.stream().mapToDouble(node -> node.usage().read().server()).sum();
  }

  private double kibi(long octets) {
    return octets / 1024.0 / all;
  }

  private static void tell(Program crowd, String command) {
    try {
      crowd.input().write((command + "\n").getBytes(StandardCharsets.UTF_8));
      crowd.input().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell " + crowd + " to " + command, e);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    crowds.forEach(Program::close);
    nodes.forEach(ClusterNode::close);
    redis.close();
  }
}
