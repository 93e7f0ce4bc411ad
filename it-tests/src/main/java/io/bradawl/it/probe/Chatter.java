package io.bradawl.it.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * Sends a datagram ten times a second on one and the same socket, and takes the answers, until
 * there is something to read on its input. Says how many there were.
 */
public final class Chatter {
  private static final int PAUSE_MILLIS = 100;

  private Chatter() {}

  /** Arguments: host, port. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress to =
        new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1]));
    int sent = 0;
    int answered = 0;
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PAUSE_MILLIS);
      while (System.in.available() == 0) {
        byte[] content = ("line " + sent++).getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(content, content.length, to));
        answered += answers(socket);
      }
    }
    System.out.println("sent " + sent + ", answered " + answered);
  }

  /** Takes answers until none comes for a while. */
  private static int answers(DatagramSocket socket) throws IOException {
    int count = 0;
    try {
      while (true) {
        socket.receive(new DatagramPacket(new byte[2048], 2048));
        count++;
      }
    } catch (SocketTimeoutException silence) {
      return count;
    }
  }
}
