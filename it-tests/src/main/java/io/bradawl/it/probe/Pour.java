package io.bradawl.it.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;

/**
 * Pours octets into an {@link Echo} and reads them back at the same time; ends its output, and goes
 * on reading to the end. Prints {@code poured N octets, all came back, then the end} or what else
 * happened. With {@code reset} it then says something on another connection, resets it, and prints
 * {@code reset}.
 */
public final class Pour {
  private static final int PIECE = 50_000;

  private Pour() {}

  /** Arguments: host, port, pieces of 50,000 octets, and {@code reset} or nothing. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress address = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    try (Socket socket = new Socket()) {
      socket.connect(address, 20_000);
      System.out.println("connected to " + socket.getRemoteSocketAddress());
      pour(socket, Integer.parseInt(args[2]));
    }
    if (args.length > 3 && args[3].equals("reset")) {
      reset(address);
    }
  }

  private static void pour(Socket socket, int pieces) throws IOException {
    CompletableFuture<String> echoed =
        CompletableFuture.supplyAsync(() -> drain(socket), task -> new Thread(task).start());
    Random random = new Random(pieces);
    CRC32 checksum = new CRC32();
    byte[] piece = new byte[PIECE];
    OutputStream out = socket.getOutputStream();
    for (int i = 0; i < pieces; i++) {
      random.nextBytes(piece);
      checksum.update(piece);
      out.write(piece);
    }
    socket.shutdownOutput();
    String expected = (long) pieces * PIECE + " octets " + checksum.getValue() + ", end";
    String came = echoed.join();
    System.out.println(
        came.equals(expected)
            ? "poured " + (long) pieces * PIECE + " octets, all came back, then the end"
            : "expected " + expected + ", but got " + came);
  }

  private static String drain(Socket socket) {
    CRC32 checksum = new CRC32();
    long total = 0;
    byte[] buffer = new byte[PIECE];
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        checksum.update(buffer, 0, n);
        total += n;
      }
      return total + " octets " + checksum.getValue() + ", end";
    } catch (IOException e) {
      return total + " octets " + checksum.getValue() + ", " + e;
    }
  }

  private static void reset(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, 20_000);
      socket.getOutputStream().write(1);
      if (socket.getInputStream().read() == 1) {
        socket.setSoLinger(true, 0);
      }
    }
    System.out.println("reset");
  }
}
