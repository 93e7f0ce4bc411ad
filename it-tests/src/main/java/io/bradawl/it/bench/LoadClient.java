package io.bradawl.it.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;

/**
 * The near end of a load; prints {@code result <figure>}: Gbit/s, connects/s or delivered
 * datagrams/s.
 */
public final class LoadClient {
  private static final long WARM_UP_SECONDS = 1;

  private final InetSocketAddress server;
  private final long seconds;

  private LoadClient(InetSocketAddress server, long seconds) {
    this.server = server;
    this.seconds = seconds;
  }

  /** Arguments: {@code stream}, {@code connects} or the size of datagrams; host; seconds. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress server = new InetSocketAddress(args[1], LoadServer.PORT);
    LoadClient client = new LoadClient(server, Long.parseLong(args[2]));
    double result =
        switch (args[0]) {
          case "stream" -> client.stream();
          case "connects" -> client.connects();
          default -> client.datagrams(Integer.parseInt(args[0]));
        };
    System.out.println("result " + result);
  }

  private double stream() throws IOException {
    stream(WARM_UP_SECONDS);
    return stream(seconds);
  }

  private double stream(long duration) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      OutputStream output = socket.getOutputStream();
      byte[] chunk = new byte[LoadServer.CHUNK];
      long start = System.nanoTime();
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(duration)) {
        output.write(chunk);
      }
      socket.shutdownOutput();
      long octets = new DataInputStream(socket.getInputStream()).readLong();
      return octets * 8.0 / (System.nanoTime() - start);
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

  private double datagrams(int size) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      send(channel, size, WARM_UP_SECONDS);
      ask(channel, LoadServer.RESET);
      long start = System.nanoTime();
      send(channel, size, seconds);
      long duration = System.nanoTime() - start;
      return ask(channel, LoadServer.REPORT) * 1e9 / duration;
    }
  }

  private void send(DatagramChannel channel, int size, long duration) throws IOException {
    ByteBuffer datagram = ByteBuffer.allocateDirect(size);
    long start = System.nanoTime();
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(duration)) {
      for (int i = 0; i < 50; i++) {
        channel.send(datagram.rewind(), server);
      }
    }
  }

  /** Asks again until answered, since the queue of the other side may be full at first. */
  private long ask(DatagramChannel channel, int size) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(16);
    channel.configureBlocking(false);
    while (answer.position() == 0 || answer.get(0) != size) {
      channel.send(ByteBuffer.allocate(size), server);
      pause();
      channel.receive(answer.clear());
    }
    channel.configureBlocking(true);
    return answer.getLong(1);
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
