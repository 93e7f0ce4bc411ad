package io.bradawl.it.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Tells whoever asks on {@link #PORT} (UDP or TCP) from which address and port it sees the question
 * come. Over UDP a stranger, another port of the same host, says {@value #STRANGER} to the asker
 * before the answer is sent.
 */
public final class Mirror {
  static final int PORT = 7000;
  static final String STRANGER = "stranger";

  private Mirror() {}

  /** Takes no arguments; runs until killed. */
  public static void main(String[] args) throws IOException {
    DatagramSocket udp = new DatagramSocket(PORT);
    DatagramSocket stranger = new DatagramSocket(PORT + 1);
    ServerSocket tcp = new ServerSocket(PORT);
    Thread streams = new Thread(() -> mirrorStreams(tcp), "tcp");
    streams.start();
    System.out.println("mirror ready");
    while (true) {
      DatagramPacket question = new DatagramPacket(new byte[64], 64);
      udp.receive(question);
      SocketAddress asker = question.getSocketAddress();
      stranger.send(packet(STRANGER, asker));
      udp.send(packet(text(asker), asker));
    }
  }

  private static void mirrorStreams(ServerSocket listener) {
    while (true) {
      try (Socket accepted = listener.accept()) {
        accepted
            .getOutputStream()
            .write(text(accepted.getRemoteSocketAddress()).getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        System.out.println("tcp: " + e);
      }
    }
  }

  private static DatagramPacket packet(String text, SocketAddress to) {
    byte[] content = text.getBytes(StandardCharsets.US_ASCII);
    return new DatagramPacket(content, content.length, to);
  }

  private static String text(SocketAddress address) {
    InetSocketAddress socketAddress = (InetSocketAddress) address;
    return socketAddress.getAddress().getHostAddress() + ":" + socketAddress.getPort();
  }
}
