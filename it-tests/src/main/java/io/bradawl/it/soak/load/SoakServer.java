package io.bradawl.it.soak.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/**
 * Returns every message on TCP and UDP and checks what it gets; prints {@code WRONG ...} when that
 * is not what a peer has sent, {@code stray ...} when somebody else sent it. Ends with its input.
 */
public final class SoakServer {
  /** Connections that say nothing for so long are given up, as any server would. */
  private static final int PATIENCE_MILLIS = 40_000;

  private static final int BACKLOG = 50;

  private SoakServer() {}

  /** Arguments: the port of the encrypted service, the port of the authenticated one. */
  public static void main(String[] args) throws IOException {
    serve(Integer.parseInt(args[0]), false);
    serve(Integer.parseInt(args[1]), true);
    System.out.println("soak server listens");
    System.in.readAllBytes();
  }

  private static void serve(int port, boolean isPlain) throws IOException {
    ServerSocket listener = new ServerSocket(port, BACKLOG);
    DatagramSocket datagrams = new DatagramSocket(port);
    daemon("tcp " + port, () -> accept(listener, isPlain));
    daemon("udp " + port, () -> echo(datagrams, isPlain));
  }

  private static void accept(ServerSocket listener, boolean isPlain) throws IOException {
    while (true) {
      Socket accepted = listener.accept();
      daemon("stream", () -> echo(accepted, isPlain));
    }
  }

  private static void echo(Socket accepted, boolean isPlain) throws IOException, WrongOctets {
    try (accepted) {
      accepted.setSoTimeout(PATIENCE_MILLIS);
      MessageStream messages = new MessageStream(accepted.getInputStream(), isPlain);
      for (Message next = messages.next(); next != null; next = messages.next()) {
        accepted.getOutputStream().write(next.octets(MessageStream.LONGEST));
      }
    }
  }

  private static void echo(DatagramSocket socket, boolean isPlain) throws IOException {
    Seen seen = new Seen();
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (true) {
      packet.setLength(65_536);
      socket.receive(packet);
      try {
        Message message = Message.of(packet);
        if (!seen.isNew(message) && !isPlain) {
          throw new WrongOctets(message + " came twice by encrypted UDP");
        }
        socket.send(packet);
      } catch (WrongOctets e) {
        System.out.println(verdict(packet) + " at the server, udp: " + e.getMessage());
      } catch (SocketException unreachable) {
        // The way back may be missing for a while.
      }
    }
  }

  /**
   * Whoever reaches the port may send to it, and what is no peer's is left alone: here, the peers
   * of a process that was restarted, which do not know of it yet. Peers have virtual addresses.
   */
  private static String verdict(DatagramPacket packet) {
    return (packet.getAddress().getAddress()[0] & 0xFF) < 240 ? "stray" : "WRONG";
  }

  private static void daemon(String name, Task task) {
    Thread thread = new Thread(() -> run(name, task), name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(String name, Task task) {
    try {
      task.run();
    } catch (WrongOctets e) {
      System.out.println("WRONG at the server, " + name + ": " + e.getMessage());
    } catch (IOException e) {
      if (!name.equals("stream")) {
        System.out.println("WRONG at the server, " + name + " ended: " + e);
      }
    }
  }

  private interface Task {
    void run() throws IOException, WrongOctets;
  }
}
