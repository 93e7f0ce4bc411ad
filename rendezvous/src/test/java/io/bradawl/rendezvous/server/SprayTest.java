package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Datagrams from more sources than anybody can remember: the whole of 127.0.0.0/8 is this machine,
 * so each can come from a source of its own.
 */
@Timeout(300)
class SprayTest {

  private static final int SOURCES = 120_000;

  /** Half of what 100 octets for each source would be. */
  private static final long MOST_HEAP = 6 << 20;

  private final Random random = new Random(3);

  @Test
  void nothingIsKeptForEachSource() throws Exception {
    Telemetry telemetry = Telemetry.unseen();
    try (UdpServer server = new UdpServer(telemetry)) {
      // All that there is one of is there, and the tables that are bounded are full.
      spray(server, SOURCES / 2);
      long before = heap();

      spray(server, SOURCES);

      assertThat(heap() - before).isLessThan(MOST_HEAP);
      assertThat(telemetry.measures().sum(Measure.STUN_REPLIES_UDP))
          .as("answers to those whom the kernel let through")
          .isGreaterThan(SOURCES / 100);
      assertThat(telemetry.measures().sum(Measure.ALLOCATIONS_UDP)).isZero();
      assertServed(server);
    }
  }

  private void spray(UdpServer server, int sources) throws IOException {
    List<ByteBuffer> kinds =
        List.of(
            StunEncoder.encode(StunMessage.request(StunMethod.BINDING, TransactionId.draw(random))),
            StunEncoder.encode(
                StunMessage.request(0x003, TransactionId.draw(random), RequestedTransport.UDP)),
            ByteBuffer.wrap(garbage()));
    for (int i = 0; i < sources; i++) {
      byte[] ip = {127, (byte) random.nextInt(), (byte) random.nextInt(), (byte) random.nextInt()};
      try (DatagramChannel channel = DatagramChannel.open()) {
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(ip), 0));
        channel.send(kinds.get(i % kinds.size()).duplicate(), server.address());
      }
    }
  }

  private byte[] garbage() {
    byte[] garbage = new byte[200];
    random.nextBytes(garbage);
    return garbage;
  }

  private static void assertServed(UdpServer server) throws Exception {
    try (TestPeer peer = new TestPeer(server.address(), 1, "p1")) {
      peer.register();
      assertThat(peer.ask(StunMessage.request(StunMethod.BINDING, new TransactionId(1, 2))))
          .isNotNull();
    }
    Octets request =
        Octets.copyOf(
            StunEncoder.encode(StunMessage.request(StunMethod.BINDING, new TransactionId(9, 9))));
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.connect(server.address());
      ByteBuffer answer = ByteBuffer.allocate(2048);
      channel.configureBlocking(false);
      while (channel.receive(answer) == null) {
        channel.write(request.asByteBuffer());
        Thread.sleep(50);
      }
      assertThat(answer.getInt(8)).isEqualTo(9);
    }
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
