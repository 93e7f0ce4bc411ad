package io.bradawl.it.load.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server keeps in memory. Of a JVM whose heap is resident from the start, the growth of the
 * process is what lies outside the heap, and the heap counts after a collection.
 *
 * @param resident octets of the process
 * @param live octets of objects on the Java heap; 0 for other programs
 */
public record Memory(long resident, long live) {

  /** For the JVM of a server whose memory is measured. */
  public static final String[] OPTIONS = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"};

  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** Of a process that is no JVM. */
  public static Memory of(Usage process) {
    return new Memory(process.resident(), 0);
  }

  /** Of a JVM, after a collection. */
  public static Memory ofJava(Usage process) throws IOException {
    jcmd(process, "GC.run");
    // Of all generations; the metaspace, in the line after them, does not count.
    String heap = jcmd(process, "GC.heap_info").split("Metaspace", 2)[0];
    Matcher used = USED.matcher(heap);
    long live = 0;
    while (used.find()) {
      live += Long.parseLong(used.group(1)) * 1024;
    }
    return new Memory(process.resident(), live);
  }

  /** Octets for each of so many that have come since. */
  public double each(Memory before, int count) {
    return (double) (resident - before.resident + live - before.live) / count;
  }

  /** Of several servers together. */
  public Memory plus(Memory other) {
    return new Memory(resident + other.resident, live + other.live);
  }

  /** The part of {@link #each} that is on the heap. */
  public double liveEach(Memory before, int count) {
    return (double) (live - before.live) / count;
  }

  private static String jcmd(Usage server, String command) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(tool.toString(), String.valueOf(server.pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
