package io.bradawl.it.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Asks an {@link Echo} and prints {@code <protocol> answered in N ms by <address>}, or the
 * exception that it got, {@code <protocol> failed after N ms: ...}; once for every line of its
 * input, or as often as told.
 */
public final class Ask {
  private static final int LIMIT_MILLIS = 20_000;

  private Ask() {}

  /**
   * Arguments: {@code tcp} or {@code udp}, host, port, rounds; 0 rounds: one for every line of the
   * input.
   */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[3]);
    for (int round = 0; rounds == 0 ? nextLine() : round < rounds; round++) {
      ask(args[0], args[1], Integer.parseInt(args[2]), "question " + round);
      System.out.println("question " + round + " done");
    }
  }

  private static boolean nextLine() throws IOException {
    int octet = System.in.read();
    while (octet >= 0 && octet != '\n') {
      octet = System.in.read();
    }
    return octet >= 0;
  }

  private static void ask(String protocol, String host, int port, String question) {
    long start = System.nanoTime();
    try {
      byte[] content = question.getBytes(StandardCharsets.US_ASCII);
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
      Object by =
          protocol.equals("tcp") ? askStream(address, content) : askDatagram(address, content);
      System.out.println(protocol + " answered in " + millis(start) + " ms by " + by);
    } catch (IOException | RuntimeException e) {
      System.out.println(protocol + " failed after " + millis(start) + " ms: " + e);
    }
  }

  private static Object askStream(InetSocketAddress address, byte[] question) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(question);
      requireEqual(question, socket.getInputStream().readNBytes(question.length));
      return socket.getRemoteSocketAddress();
    }
  }

  private static Object askDatagram(InetSocketAddress address, byte[] question) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.send(new DatagramPacket(question, question.length, address));
      DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
      socket.receive(answer);
      requireEqual(question, Arrays.copyOf(answer.getData(), answer.getLength()));
      return answer.getSocketAddress();
    }
  }

  private static void requireEqual(byte[] question, byte[] answer) throws IOException {
    if (!Arrays.equals(question, answer)) {
      throw new IOException("wrong echo: " + new String(answer, StandardCharsets.US_ASCII));
    }
  }

  private static long millis(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
