package io.bradawl.it.probe;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * The man in the middle: stands in for a rendezvous, passes everything on, and flips one bit of one
 * attribute in each message of one method that comes from the rendezvous. Prints {@code meddled}
 * each time.
 */
public final class Meddler {
  private static final int HEADER = 20;

  private final Random random = new Random(1);
  private final InetSocketAddress rendezvous;
  private final int method;
  private final int attribute;

  private Meddler(InetSocketAddress rendezvous, int method, int attribute) {
    this.rendezvous = rendezvous;
    this.method = method;
    this.attribute = attribute;
  }

  /** Arguments: host of the rendezvous, the port of both, method and attribute in hexadecimal. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[1]);
    Meddler meddler =
        new Meddler(
            new InetSocketAddress(args[0], port),
            Integer.parseInt(args[2], 16),
            Integer.parseInt(args[3], 16));
    ServerSocket listener = new ServerSocket(port);
    System.out.println("in the middle");
    while (true) {
      meddler.standBetween(listener.accept());
    }
  }

  private void standBetween(Socket agent) throws IOException {
    Socket server = new Socket(rendezvous.getAddress(), rendezvous.getPort());
    start(() -> agent.getInputStream().transferTo(server.getOutputStream()), agent, server);
    start(() -> passMeddled(server, agent.getOutputStream()), agent, server);
  }

  private void passMeddled(Socket from, OutputStream to) throws IOException {
    DataInputStream input = new DataInputStream(from.getInputStream());
    while (true) {
      byte[] header = input.readNBytes(HEADER);
      if (header.length < HEADER) {
        throw new EOFException();
      }
      ByteBuffer message = ByteBuffer.allocate(HEADER + ByteBuffer.wrap(header).getShort(2));
      message.put(header);
      input.readFully(message.array(), HEADER, message.remaining());
      if (method(message.getShort(0)) == method) {
        meddle(message);
      }
      to.write(message.array());
    }
  }

  /** RFC 8489 section 5: the method's twelve bits have the class's two between them. */
  private static int method(int type) {
    return type & 0xf | type >> 1 & 0x70 | type >> 2 & 0xf80;
  }

  private synchronized void meddle(ByteBuffer message) {
    while (message.remaining() >= 4) {
      int type = message.getShort();
      int length = message.getShort();
      if (type == attribute) {
        int at = message.position() + random.nextInt(length);
        message.put(at, (byte) (message.get(at) ^ 1 << random.nextInt(8)));
        System.out.println("meddled");
      }
      message.position(Math.min(message.limit(), message.position() + (length + 3 & ~3)));
    }
  }

  private static void start(Passing passing, Socket one, Socket other) {
    Thread thread =
        new Thread(
            () -> {
              try (one;
                  other) {
                passing.run();
              } catch (IOException e) {
                // One end has gone; so does the other.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** One direction, to its end. */
  private interface Passing {
    void run() throws IOException;
  }
}
