package io.bradawl.it.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Sends back what comes, over TCP and UDP, and prints who came ({@code tcp from <address>}). Ends
 * when its input ends.
 */
public final class Echo {
  private Echo() {}

  /** Argument: the port, the same for TCP and UDP. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    ServerSocket listener = new ServerSocket(port);
    DatagramSocket datagrams = new DatagramSocket(port);
    daemon("tcp", () -> acceptFrom(listener));
    daemon("udp", () -> echoDatagrams(datagrams));
    System.out.println("echo on port " + port);
    System.in.readAllBytes();
  }

  private static void acceptFrom(ServerSocket listener) throws IOException {
    while (true) {
      Socket accepted = listener.accept();
      System.out.println("tcp from " + accepted.getRemoteSocketAddress());
      daemon("stream", () -> echo(accepted));
    }
  }

  private static void echo(Socket accepted) throws IOException {
    try (accepted) {
      accepted.getInputStream().transferTo(accepted.getOutputStream());
    }
  }

  private static void echoDatagrams(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (true) {
      packet.setLength(65_536);
      socket.receive(packet);
      System.out.println("udp from " + packet.getSocketAddress());
      socket.send(packet);
    }
  }

  private static void daemon(String name, Service service) {
    Thread thread =
        new Thread(
            () -> {
              try {
                service.run();
              } catch (IOException e) {
                System.out.println(name + " ended: " + e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A loop over sockets. */
  private interface Service {
    void run() throws IOException;
  }
}
