package io.bradawl.it.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Keeps talking to an {@link Echo} over one connection, or from one socket, until a line of input
 * comes: then it prints {@code <protocol> talked N times, longest silence N ms} and ends well. It
 * ends badly as soon as the connection does, or when nothing comes back for long.
 */
public final class Talk {
  private static final int PAUSE_MILLIS = 50;
  private static final int ANSWER_MILLIS = 500;
  private static final long LIMIT_MILLIS = 20_000;

  /** A pause that is worth a word: an echo was lost. */
  private static final long LONG_MILLIS = 400;

  private Talk() {}

  /** Arguments: {@code tcp} or {@code udp}, host, port. */
  public static void main(String[] args) throws Exception {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(args[1]), Integer.parseInt(args[2]));
    try (Line line = args[0].equals("tcp") ? new Stream(address) : new Datagrams(address)) {
      talk(args[0], line);
    }
  }

  private static void talk(String protocol, Line line) throws Exception {
    long longest = 0;
    int times = 0;
    for (long heardAt = now(); System.in.available() == 0; Thread.sleep(PAUSE_MILLIS)) {
      if (line.echoes(times)) {
        long silence = now() - heardAt;
        longest = Math.max(longest, silence);
        heardAt = now();
        if (silence > LONG_MILLIS) {
          System.out.println(protocol + " talks again after " + silence + " ms");
        }
        if (times++ == 0) {
          System.out.println(protocol + " is talking");
        }
      } else if (now() - heardAt > LIMIT_MILLIS) {
        throw new IOException("no echo for " + LIMIT_MILLIS + " ms");
      }
    }
    System.out.println(
        protocol + " talked " + times + " times, longest silence " + longest + " ms");
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** A way to the echo. */
  private interface Line extends AutoCloseable {
    /** Whether the number comes back; a datagram may be lost. */
    boolean echoes(int number) throws IOException;
  }

  private static final class Stream implements Line {
    private final Socket socket = new Socket();

    Stream(InetSocketAddress address) throws IOException {
      socket.connect(address, (int) LIMIT_MILLIS);
      socket.setSoTimeout((int) LIMIT_MILLIS);
    }

    @Override
    public boolean echoes(int number) throws IOException {
      socket.getOutputStream().write(ByteBuffer.allocate(4).putInt(number).array());
      return ByteBuffer.wrap(socket.getInputStream().readNBytes(4)).getInt() == number;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static final class Datagrams implements Line {
    private final InetSocketAddress address;
    private final DatagramSocket socket = new DatagramSocket();

    Datagrams(InetSocketAddress address) throws IOException {
      this.address = address;
      socket.setSoTimeout(ANSWER_MILLIS);
    }

    @Override
    public boolean echoes(int number) throws IOException {
      byte[] question = ByteBuffer.allocate(4).putInt(number).array();
      socket.send(new DatagramPacket(question, question.length, address));
      DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
      try {
        socket.receive(answer);
        return ByteBuffer.wrap(answer.getData()).getInt() == number;
      } catch (SocketTimeoutException e) {
        return false;
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
