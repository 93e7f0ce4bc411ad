package io.bradawl.it.probe;

import java.io.DataInputStream;
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
 * How fast an {@link Echo} is reached, and how fast directly: waits for a line of input; then each
 * round opens a socket of its own, says something at once, and goes on until an echo comes back
 * sooner than a relay could bring it. Prints {@code round first=MS direct=MS} (milliseconds since
 * the application's first call, {@code -} for never). At last, after another line of input, it
 * sends a volume of data and prints {@code carried N of M}.
 */
public final class Journey {
  /** Octets of what the last phase sends, in one direction. */
  public static final int VOLUME = 30_000;

  private static final int PIECE = 1000;
  private static final int LIMIT_MILLIS = 20_000;
  private static final int PAUSE_MILLIS = 20;

  private Journey() {}

  /**
   * Arguments: {@code tcp} or {@code udp}, host, port, rounds, the round trip in ms below which an
   * echo must have come directly, how many ms to wait for such a one, and how many in the last
   * round.
   */
  public static void main(String[] args) throws IOException {
    System.in.read();
    InetAddress peer = InetAddress.getByName(args[1]);
    InetSocketAddress address = new InetSocketAddress(peer, Integer.parseInt(args[2]));
    int rounds = Integer.parseInt(args[3]);
    double direct = Double.parseDouble(args[4]);
    for (int round = 1; round <= rounds; round++) {
      try (Link link = args[0].equals("tcp") ? new Stream(address) : new Datagrams(address)) {
        travel(link, direct, Long.parseLong(args[round < rounds ? 5 : 6]));
        if (round == rounds) {
          System.out.println("ready");
          System.in.read();
          System.out.println("carried " + link.carry() + " of " + VOLUME);
        }
      }
    }
  }

  private static void travel(Link link, double directMillis, long patience) throws IOException {
    long start = System.nanoTime();
    String first = "-";
    String direct = "-";
    link.open();
    while (direct.equals("-") && millis(start) < patience + LIMIT_MILLIS) {
      double roundTrip = link.echo();
      first = first.equals("-") && roundTrip >= 0 ? "%.0f".formatted(millis(start)) : first;
      direct = roundTrip >= 0 && roundTrip < directMillis ? "%.0f".formatted(millis(start)) : "-";
      if (!first.equals("-") && millis(start) > patience) {
        break;
      }
      pause();
    }
    System.out.println("round first=" + first + " direct=" + direct);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  /** One socket to the echo. */
  private interface Link extends AutoCloseable {
    void open() throws IOException;

    /** The round trip of one small message in ms, or less than 0 if none came back. */
    double echo() throws IOException;

    /** Sends {@link #VOLUME} octets and says how many came back. */
    int carry() throws IOException;

    @Override
    void close() throws IOException;
  }

  private static final class Stream implements Link {
    private final Socket socket = new Socket();
    private final InetSocketAddress address;

    Stream(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public void open() throws IOException {
      socket.connect(address, LIMIT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LIMIT_MILLIS);
    }

    @Override
    public double echo() throws IOException {
      long start = System.nanoTime();
      socket.getOutputStream().write('?');
      return socket.getInputStream().read() < 0 ? -1 : millis(start);
    }

    @Override
    public int carry() throws IOException {
      byte[] piece = new byte[PIECE];
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int carried = 0;
      for (; carried < VOLUME; carried += PIECE) {
        socket.getOutputStream().write(piece);
        in.readFully(piece);
      }
      return carried;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static final class Datagrams implements Link {
    private static final int ONE_ECHO_MILLIS = 1000;

    private final DatagramSocket socket;
    private final InetSocketAddress address;
    private long last;

    Datagrams(InetSocketAddress address) throws IOException {
      this.address = address;
      socket = new DatagramSocket();
      socket.setSoTimeout(ONE_ECHO_MILLIS);
    }

    @Override
    public void open() {}

    @Override
    public double echo() throws IOException {
      return echo(Long.BYTES);
    }

    private double echo(int octets) throws IOException {
      long start = System.nanoTime();
      ByteBuffer content = ByteBuffer.allocate(octets).putLong(0, ++last);
      socket.send(new DatagramPacket(content.array(), octets, address));
      DatagramPacket answer = new DatagramPacket(new byte[PIECE], PIECE);
      try {
        do {
          socket.receive(answer);
        } while (ByteBuffer.wrap(answer.getData()).getLong() != last);
        return millis(start);
      } catch (SocketTimeoutException late) {
        return -1;
      }
    }

    @Override
    public int carry() throws IOException {
      int carried = 0;
      for (int sent = 0; sent < VOLUME; sent += PIECE) {
        carried += echo(PIECE) >= 0 ? PIECE : 0;
      }
      return carried;
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
