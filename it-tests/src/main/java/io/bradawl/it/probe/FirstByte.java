package io.bradawl.it.probe;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * Connects with an ordinary {@link Socket}, says something and prints the milliseconds from the
 * call of {@code connect} to the first octet of the answer: {@code first byte after N ms (connected
 * after M ms)}, once for each round.
 */
public final class FirstByte {
  private FirstByte() {}

  /** Arguments: host, port, what to say (hexadecimal), rounds. */
  public static void main(String[] args) throws Exception {
    for (int round = 0; round < Integer.parseInt(args[3]); round++) {
      measure(args[0], Integer.parseInt(args[1]), HexFormat.of().parseHex(args[2]));
    }
  }

  private static void measure(String host, int port, byte[] greeting) throws Exception {
    InetSocketAddress address = new InetSocketAddress(host, port);
    try (Socket socket = new Socket()) {
      long start = System.nanoTime();
      socket.connect(address, 20_000);
      long connected = System.nanoTime();
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(greeting);
      int first = socket.getInputStream().read();
      long answered = System.nanoTime();
      System.out.println(
          (first < 0 ? "end after " : "first byte after ")
              + TimeUnit.NANOSECONDS.toMillis(answered - start)
              + " ms (connected after "
              + TimeUnit.NANOSECONDS.toMillis(connected - start)
              + " ms)");
    }
  }
}
