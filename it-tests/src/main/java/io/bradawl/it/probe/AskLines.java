package io.bradawl.it.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Asks an {@link Echo} over UDP, always from the same socket: one datagram for every line of its
 * input. Prints {@code answered: <line>}, or what else came.
 */
public final class AskLines {
  private AskLines() {}

  /** Arguments: host, port. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress echo =
        new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1]));
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(20_000);
      StringBuilder line = new StringBuilder();
      for (int octet = System.in.read(); octet >= 0; octet = System.in.read()) {
        if (octet == '\n') {
          System.out.println(ask(socket, echo, line.toString()));
          line.setLength(0);
        } else {
          line.append((char) octet);
        }
      }
    }
  }

  private static String ask(DatagramSocket socket, InetSocketAddress echo, String line)
      throws IOException {
    byte[] content = line.getBytes(StandardCharsets.US_ASCII);
    socket.send(new DatagramPacket(content, content.length, echo));
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    socket.receive(answer);
    String text = new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    boolean right = text.equals(line) && answer.getSocketAddress().equals(echo);
    return right ? "answered: " + line : "wrong: " + text + " of " + answer.getSocketAddress();
  }
}
