package io.bradawl.it.load.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process uses, as the kernel counts it. */
public record Usage(long pid) {

  private static final double TICKS_PER_SECOND = 100;

  /**
   * At one moment.
   *
   * @param nanos of the monotonic clock
   * @param server processor seconds, user and system, of all threads
   * @param loader the same of this process
   */
  public record Reading(long nanos, double server, double loader) {

    /** What was used in between. */
    public Spent since(Reading before) {
      return new Spent(
          (nanos - before.nanos) / 1e9, server - before.server, loader - before.loader);
    }
  }

  /** Seconds: of the clock, and of the processors. */
  public record Spent(double wall, double server, double loader) {}

  public Reading read() {
    return new Reading(System.nanoTime(), processor(pid), processor(ProcessHandle.current().pid()));
  }

  /** Resident memory in octets. */
  public long resident() {
    String status = text("status");
    String after = status.substring(status.indexOf("VmRSS:") + "VmRSS:".length());
    return Long.parseLong(after.strip().split("\\s+", 2)[0]) * 1024;
  }

  private static double processor(long pid) {
    String stat = new Usage(pid).text("stat");
    // The name, in parentheses, may hold spaces; user and system time are the 12th and 13th after
    // it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private String text(String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " has ended", e);
    }
  }
}
