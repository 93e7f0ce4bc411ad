package io.bradawl.it.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds.
 *
 * @param pid of the process
 * @param heap octets of live objects, after a full collection
 * @param resident octets of memory
 */
record Holding(long pid, long descriptors, long threads, long heap, long resident) {
  /** What may be in use for a moment. */
  private static final int MORE_DESCRIPTORS = 24;

  private static final int MORE_THREADS = 8;

  /** An agent remembers the last 4096 offers, of some 400 octets each; Netty keeps its buffers. */
  private static final long MORE_HEAP = 6L << 20;

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  /** What a collector fills gaps with. */
  private static final Pattern FILLER =
      Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +\\S*jdk\\.internal\\.vm\\.Filler\\S+");

  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");

  /** As it is now; leaves the histogram of its heap beside its log. */
  static Holding of(Service service, Path histogram) {
    try {
      Path process = Path.of("/proc", String.valueOf(service.pid()));
      String classes = jcmd(service);
      Files.writeString(histogram, classes);
      return new Holding(
          service.pid(),
          count(process.resolve("fd")),
          count(process.resolve("task")),
          number(TOTAL, classes) - filler(classes),
          number(RESIDENT, Files.readString(process.resolve("status"))) << 10);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + service.name(), e);
    }
  }

  private static String jcmd(Service service) throws IOException {
    List<String> command =
        List.of(
            service.jdk().home().resolve("bin/jcmd").toString(),
            String.valueOf(service.pid()),
            "GC.class_histogram");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in:\n" + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static long filler(String classes) {
    return FILLER.matcher(classes).results().mapToLong(m -> Long.parseLong(m.group(1))).sum();
  }

  /** What has grown beyond bounds since then; empty if nothing has. */
  List<String> growthSince(Holding before) {
    List<String> growth = new ArrayList<>();
    note(growth, "descriptors", before.descriptors, descriptors, MORE_DESCRIPTORS);
    note(growth, "threads", before.threads, threads, MORE_THREADS);
    note(growth, "octets of heap", before.heap, heap, MORE_HEAP);
    return growth;
  }

  private static void note(List<String> growth, String what, long before, long now, long more) {
    if (now > before + more) {
      growth.add(before + " to " + now + " " + what);
    }
  }
}
