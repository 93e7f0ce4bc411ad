package io.bradawl.agent.hook.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** What the applications of {@link UdpScenario} say, and how they get to say it. */
final class Datagrams {

  /** What fits a datagram over IPv4: 65535 octets less the headers of IP and UDP. */
  static final int LARGEST_PLAIN = 65_535 - 20 - 8;

  private Datagrams() {}

  static SocketAddress select(Selector selector, DatagramChannel channel, ByteBuffer into)
      throws IOException {
    for (int i = 0; i < 1000; i++) {
      selector.select(10_000);
      selector.selectedKeys().clear();
      SocketAddress source = channel.receive(into);
      if (source != null) {
        return source;
      }
    }
    throw new IOException("nothing but spurious wake-ups");
  }

  static SocketAddress sendFromStranger(int port, ByteBuffer datagram) throws IOException {
    try (DatagramChannel stranger = DatagramChannel.open()) {
      stranger.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      stranger.send(datagram, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return stranger.getLocalAddress();
    }
  }

  /**
   * Octets at random, every other datagram with the outer form of STUN, and some of length zero.
   */
  static ByteBuffer garbage(Random random, int i) {
    byte[] octets = new byte[i % 10 == 0 ? 0 : 20 + random.nextInt(300) / 4 * 4];
    random.nextBytes(octets);
    if (i % 2 == 1) {
      ByteBuffer.wrap(octets)
          .putShort((short) 1)
          .putShort((short) (octets.length - 20))
          .putInt(0x2112A442);
    }
    return ByteBuffer.wrap(octets);
  }

  static String receive(DatagramSocket socket) throws IOException {
    DatagramPacket received = new DatagramPacket(new byte[100], 100);
    socket.receive(received);
    return text(received);
  }

  /** Binds to a port of its own choice, as servers do: one that the kernel gives to nobody. */
  static <T> T atSomePort(Binder<T> binder) throws IOException {
    while (true) {
      try {
        return binder.bind(ThreadLocalRandom.current().nextInt(20_000, 32_000));
      } catch (BindException taken) {
        // by another program; the next one is not
      }
    }
  }

  interface Binder<T> {
    T bind(int port) throws IOException;
  }

  static long descriptors() {
    return ((com.sun.management.UnixOperatingSystemMXBean)
            ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  static DatagramPacket packet(String text, SocketAddress to) {
    byte[] octets = text.getBytes(UTF_8);
    return new DatagramPacket(octets, octets.length, to);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  static String text(DatagramPacket packet) {
    return new String(packet.getData(), packet.getOffset(), packet.getLength(), UTF_8);
  }

  static String text(ByteBuffer received) {
    return UTF_8.decode(received.flip()).toString();
  }
}
