package io.bradawl.it.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * One end of a connection whose two ends write and do not read, until nothing more is taken: then
 * it prints {@code full}. Each line of its input ({@code go}) lets it read: what comes until
 * nothing has come for a second, whereupon it prints {@code quiet}. At the end of its output and
 * input it prints {@code all N octets came}, or what else happened.
 */
public final class Brim {

  private static final int TOTAL = 40_000_000;
  private static final int PIECE = 50_000;
  private static final Executor OWN_THREAD = task -> new Thread(task).start();

  private final Socket socket;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final CRC32 came = new CRC32();

  private Brim(Socket socket) {
    this.socket = socket;
  }

  /** Arguments: {@code port} to listen, {@code host port} to connect. */
  public static void main(String[] args) throws Exception {
    if (args.length == 1) {
      try (ServerSocket listener = new ServerSocket(Integer.parseInt(args[0]))) {
        new Brim(listener.accept()).run();
      }
      return;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(args[0], Integer.parseInt(args[1])), 20_000);
      new Brim(socket).run();
    }
  }

  private void run() throws Exception {
    System.out.println("connected");
    CompletableFuture<Void> writing = CompletableFuture.runAsync(this::write, OWN_THREAD);
    awaitSilence(written);
    System.out.println("full after " + written + " octets");
    awaitLeave();
    CompletableFuture<Void> reading = CompletableFuture.runAsync(this::read, OWN_THREAD);
    while (!isOver(CompletableFuture.allOf(writing, reading))) {
      awaitSilence(read);
      System.out.println("quiet, " + read + " octets came, " + written + " were taken");
    }
    System.out.println(
        read.get() == TOTAL && came.getValue() == checksum()
            ? "all " + read + " octets came"
            : read + " octets came, not " + TOTAL + " or not those");
  }

  private static void awaitLeave() throws IOException {
    int octet = System.in.read();
    while (octet >= 0 && octet != '\n') {
      octet = System.in.read();
    }
  }

  private static boolean isOver(CompletableFuture<Void> all)
      throws ExecutionException, InterruptedException {
    try {
      all.get(100, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Until it has not grown for a second. */
  private static void awaitSilence(AtomicLong count) throws InterruptedException {
    long before;
    do {
      before = count.get();
      Thread.sleep(1_000);
    } while (count.get() != before);
  }

  private void write() {
    Random random = new Random(TOTAL);
    byte[] piece = new byte[PIECE];
    try {
      for (int sent = 0; sent < TOTAL; sent += PIECE) {
        random.nextBytes(piece);
        socket.getOutputStream().write(piece);
        written.addAndGet(PIECE);
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    byte[] buffer = new byte[PIECE];
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        came.update(buffer, 0, n);
        read.addAndGet(n);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long checksum() {
    CRC32 checksum = new CRC32();
    Random random = new Random(TOTAL);
    byte[] piece = new byte[PIECE];
    for (int sent = 0; sent < TOTAL; sent += PIECE) {
      random.nextBytes(piece);
      checksum.update(piece);
    }
    return checksum.getValue();
  }
}
