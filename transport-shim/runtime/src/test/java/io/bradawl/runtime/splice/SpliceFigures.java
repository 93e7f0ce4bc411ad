package io.bradawl.runtime.splice;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;

/**
 * Prints what a splice costs: throughput, processor time and round trips over loopback, plain and
 * spliced in turns. Argument: GB to move in each round, 1 unless given.
 */
public final class SpliceFigures {

  private static final int ROUNDS = 5;
  private static final int CHUNK = 64 * 1024;
  private static final int TRIPS = 5_000;

  private SpliceFigures() {}

  public static void main(String[] args) throws Exception {
    long octets = (long) (1e9 * (args.length > 0 ? Double.parseDouble(args[0]) : 1));
    try (SpliceLoops loops = new SpliceLoops()) {
      for (int round = 1; round <= ROUNDS; round++) {
        try (Ends ends = Ends.plain()) {
          print(round, "plain", ends, octets);
        }
        try (Ends ends = Ends.spliced(loops)) {
          print(round, "spliced", ends, octets);
        }
      }
    }
  }

  private static void print(int round, String what, Ends ends, long octets) throws IOException {
    long trip = trips(ends);
    long processor = processorNanos();
    long start = System.nanoTime();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(ends.left(), octets));
    long read = read(ends.right());
    double seconds = (System.nanoTime() - start) / 1e9;
    double perGigabyte = (processorNanos() - processor) / 1e9 / (read / 1e9);
    writer.join();
    System.out.printf(
        "round %d %-8s %6.2f Gbit/s  %5.2f CPU s/GB  64 B round trip %d us%n",
        round, what, read * 8 / seconds / 1e9, perGigabyte, trip / 1_000);
  }

  private static long trips(Ends ends) throws IOException {
    CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(ends.right()));
    ends.left().socket().setTcpNoDelay(true);
    ends.right().socket().setTcpNoDelay(true);
    byte[] message = new byte[64];
    long start = System.nanoTime();
    for (int i = 0; i < TRIPS; i++) {
      ends.left().socket().getOutputStream().write(message);
      ends.left().socket().getInputStream().readNBytes(message, 0, message.length);
    }
    echo.join();
    return (System.nanoTime() - start) / TRIPS;
  }

  private static void echo(End end) {
    byte[] message = new byte[64];
    try {
      for (int i = 0; i < TRIPS; i++) {
        end.socket().getInputStream().readNBytes(message, 0, message.length);
        end.socket().getOutputStream().write(message);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(End end, long octets) {
    byte[] chunk = new byte[CHUNK];
    try {
      for (long left = octets; left > 0; left -= chunk.length) {
        end.socket().getOutputStream().write(chunk);
      }
      end.endOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long read(End end) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long total = 0;
    for (int n = 0; n >= 0; n = end.socket().getInputStream().read(chunk)) {
      total += n;
    }
    return total;
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
