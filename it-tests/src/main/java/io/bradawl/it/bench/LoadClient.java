package io.bradawl.it.bench;

import static java.util.stream.Collectors.joining;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** The near end of a load; prints {@code result} and the figures that {@link Load} names. */
public final class LoadClient {
  private static final long WARM_UP_SECONDS = 3;
  private static final int TRIP_SIZE = 64;

  /** A trip is lost at most while the path is being made; then the figure is of no use anyway. */
  private static final int PATIENCE_MILLIS = 10_000;

  private final InetSocketAddress server;
  private final long seconds;

  private LoadClient(InetSocketAddress server, long seconds) {
    this.server = server;
    this.seconds = seconds;
  }

  /**
   * Arguments: {@code stream}, {@code connects}, {@code trips} or the size of datagrams; host;
   * seconds.
   */
  public static void main(String[] args) throws IOException {
    InetSocketAddress server = new InetSocketAddress(args[1], LoadServer.PORT);
    LoadClient client = new LoadClient(server, Long.parseLong(args[2]));
    double[] results =
        switch (args[0]) {
          case "stream" -> client.stream();
          case "connects" -> new double[] {client.connects()};
          case "trips" -> new double[] {client.trips()};
          default -> client.datagrams(Integer.parseInt(args[0]));
        };
    System.out.println(
        Arrays.stream(results).mapToObj(String::valueOf).collect(joining(" ", "result ", "")));
  }

  private double[] stream() throws IOException {
    stream(WARM_UP_SECONDS);
    return stream(seconds);
  }

  /** Gbit/s, and seconds of processor time per gigabyte at both ends. */
  private double[] stream(long duration) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      OutputStream output = socket.getOutputStream();
      byte[] chunk = new byte[LoadServer.CHUNK];
      long processor = Processor.nanos();
      long start = System.nanoTime();
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(duration)) {
        output.write(chunk);
      }
      socket.shutdownOutput();
      DataInputStream report = new DataInputStream(socket.getInputStream());
      double octets = report.readLong();
      double rate = octets * 8.0 / (System.nanoTime() - start);
      return new double[] {rate, (report.readLong() + Processor.nanos() - processor) / octets};
    }
  }

  private double connects() throws IOException {
    connects(WARM_UP_SECONDS);
    return connects(seconds);
  }

  /**
   * Awaits a greeting, so that the queue never overflows; closes with a reset, so that no port is
   * kept in TIME_WAIT.
   */
  private double connects(long duration) throws IOException {
    int count = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(duration)) {
      try (Socket socket = new Socket(server.getAddress(), LoadServer.GREETING_PORT)) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        count += socket.getInputStream().read() == '!' ? 1 : 0;
      }
    }
    return perSecond(count, start);
  }

  /** Delivered per second, and nanoseconds of processor time per datagram sent and received. */
  private double[] datagrams(int size) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      send(channel, size, WARM_UP_SECONDS);
      ask(channel, LoadServer.RESET);
      long processor = Processor.nanos();
      long start = System.nanoTime();
      long sent = send(channel, size, seconds);
      double duration = System.nanoTime() - start;
      double sending = Processor.nanos() - processor;
      ByteBuffer report = ask(channel, LoadServer.REPORT);
      double delivered = report.getLong();
      return new double[] {
        delivered * 1e9 / duration, sending / sent, report.getLong() / delivered
      };
    }
  }

  /** Microseconds from sending 64 octets to having them back, the median. */
  private double trips() throws IOException {
    InetSocketAddress echo = new InetSocketAddress(server.getAddress(), LoadServer.ECHO_PORT);
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.socket().setSoTimeout(PATIENCE_MILLIS);
      trips(channel, echo, WARM_UP_SECONDS);
      long[] nanos = trips(channel, echo, seconds);
      Arrays.sort(nanos);
      return nanos[nanos.length / 2] / 1e3;
    }
  }

  private static long[] trips(DatagramChannel channel, InetSocketAddress echo, long duration)
      throws IOException {
    LongStream.Builder nanos = LongStream.builder();
    DatagramPacket ping = new DatagramPacket(new byte[TRIP_SIZE], TRIP_SIZE, echo);
    DatagramPacket pong = new DatagramPacket(new byte[TRIP_SIZE], TRIP_SIZE);
    long start = System.nanoTime();
    for (long from = start; from - start < TimeUnit.SECONDS.toNanos(duration); ) {
      channel.socket().send(ping);
      channel.socket().receive(pong);
      long now = System.nanoTime();
      nanos.add(now - from);
      from = now;
    }
    return nanos.build().toArray();
  }

  private long send(DatagramChannel channel, int size, long duration) throws IOException {
    ByteBuffer datagram = ByteBuffer.allocateDirect(size);
    long sent = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(duration)) {
      for (int i = 0; i < 50; i++) {
        channel.send(datagram.rewind(), server);
        sent++;
      }
    }
    return sent;
  }

  /** Asks again until answered, since the queue of the other side may be full at first. */
  private ByteBuffer ask(DatagramChannel channel, int size) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(32);
    channel.configureBlocking(false);
    while (answer.position() == 0 || answer.get(0) != size) {
      channel.send(ByteBuffer.allocate(size), server);
      pause();
      channel.receive(answer.clear());
    }
    channel.configureBlocking(true);
    return answer.flip().position(1);
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double perSecond(int count, long start) {
    return count * 1e9 / (System.nanoTime() - start);
  }
}
