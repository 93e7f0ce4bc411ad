package io.bradawl.protocol.seal;

import com.sun.management.ThreadMXBean;
import io.bradawl.protocol.crypto.Aead;
import io.bradawl.protocol.crypto.AesGcm;
import io.bradawl.protocol.crypto.Secret;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints what sealing costs on one thread, in its CPU time: {@code java -cp
 * target/classes:target/test-classes io.bradawl.protocol.seal.SealSpeed}. Figures of one machine at
 * one time, so nothing is asserted.
 */
final class SealSpeed {

  private static final int ROUNDS = 7;

  /** One measured step, and how many octets of data it moves. */
  private interface Step {
    int run() throws SealException;
  }

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private SealSpeed() {}

  public static void main(String[] args) throws SealException {
    SealSpeed speed = new SealSpeed();
    System.out.printf("Java %s%n", System.getProperty("java.version"));
    for (int length : new int[] {64, 1200}) {
      speed.datagrams(length);
    }
    for (int length : new int[] {1400, 4096, 16_384}) {
      speed.records(length);
    }
  }

  /** What the JDK's cipher costs by itself: the floor for all that is built upon it. */
  private void bare(int length) throws SealException {
    Aead aead = new AesGcm(key());
    byte[] nonce = new byte[Aead.NONCE_LENGTH];
    byte[] buffer = new byte[length + Aead.TAG_LENGTH];
    print(
        "bare AES-256-GCM    ",
        length,
        () -> {
          for (int i = 0; ++nonce[i] == 0; i++) {}
          aead.seal(nonce, new byte[0], buffer, 0, length);
          return length;
        });
  }

  private void datagrams(int length) throws SealException {
    bare(length);
    DatagramSealer sealer = new DatagramSealer(key());
    DatagramOpener opener = new DatagramOpener(key());
    byte[] buffer = new byte[length + DatagramSealer.OVERHEAD];
    print(
        "datagram seal       ",
        length,
        () -> sealer.seal(buffer, 0, length) - DatagramSealer.OVERHEAD);
    DatagramSealer pair = new DatagramSealer(key());
    print(
        "datagram seal + open", length, () -> opener.open(buffer, 0, pair.seal(buffer, 0, length)));
  }

  private void records(int length) throws SealException {
    byte[] buffer = new byte[length + StreamSealer.OVERHEAD];
    byte[] into = new byte[length + 1];
    StreamSealer sealer = new StreamSealer(key());
    print(
        "record seal         ",
        length,
        () -> sealer.seal(buffer, 0, length) - StreamSealer.OVERHEAD);
    StreamSealer pair = new StreamSealer(key());
    StreamOpener opener = new StreamOpener(key());
    print(
        "record seal + open  ",
        length,
        () -> opener.open(buffer, 0, pair.seal(buffer, 0, length), into, 0));
    StreamSealer inPlace = new StreamSealer(key());
    StreamOpener also = new StreamOpener(key());
    print(
        "  opened in place   ",
        length,
        () ->
            also.open(
                buffer, 0, inPlace.seal(buffer, 0, length), buffer, StreamSealer.HEADER_LENGTH));
  }

  private void print(String what, int length, Step step) throws SealException {
    int steps = Math.max(20_000, 100_000_000 / (length + 500));
    double[] nanos = new double[ROUNDS];
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long octets = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      long start = threads.getCurrentThreadCpuTime();
      long moved = 0;
      for (int i = 0; i < steps; i++) {
        moved += step.run();
      }
      nanos[round] = (threads.getCurrentThreadCpuTime() - start) / (double) steps;
      allocated =
          (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - octets) / steps;
      if (moved != (long) steps * length) {
        throw new IllegalStateException(moved + " octets moved of " + (long) steps * length);
      }
    }
    Arrays.sort(nanos);
    double best = nanos[0];
    double median = nanos[ROUNDS / 2];
    System.out.printf(
        Locale.ROOT,
        "%s %6d B: best %8.0f ns, median %8.0f ns, %6.2f GB/s at best, %5d B allocated%n",
        what,
        length,
        best,
        median,
        length / best,
        allocated);
  }

  private static Secret key() {
    return Secret.copyOf(new byte[32]);
  }
}
