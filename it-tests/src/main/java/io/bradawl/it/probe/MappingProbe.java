package io.bradawl.it.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/**
 * Asks several {@link Mirror}s from one local port, over UDP and TCP, and prints what each saw:
 * {@code udp <mirror> <mapped>}, {@code udp <mirror> stranger} where the stranger got through,
 * {@code tcp <mirror> <mapped>}.
 */
public final class MappingProbe {
  private static final int PATIENCE_MILLIS = 10_000;

  private MappingProbe() {}

  /** Arguments: local port, then the mirrors' addresses. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    for (int i = 1; i < args.length; i++) {
      askByTcp(port, args[i]);
    }
    try (DatagramSocket socket = new DatagramSocket(port)) {
      for (int i = 1; i < args.length; i++) {
        askByUdp(socket, args[i]);
      }
    }
  }

  private static void askByUdp(DatagramSocket socket, String mirror) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.send(
        new DatagramPacket(new byte[] {'?'}, 1, new InetSocketAddress(mirror, Mirror.PORT)));
    String answer;
    do {
      DatagramPacket packet = new DatagramPacket(new byte[64], 64);
      socket.receive(packet);
      answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
      System.out.println("udp " + mirror + " " + answer);
    } while (answer.equals(Mirror.STRANGER));
  }

  private static void askByTcp(int port, String mirror) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      socket.bind(new InetSocketAddress(port));
      socket.connect(new InetSocketAddress(mirror, Mirror.PORT), PATIENCE_MILLIS);
      byte[] answer = socket.getInputStream().readAllBytes();
      System.out.println("tcp " + mirror + " " + new String(answer, StandardCharsets.US_ASCII));
    }
  }
}
