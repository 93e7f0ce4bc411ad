package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.Quotas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever one client does, the others are served and nothing is left over. */
@Timeout(120)
class HostileClientsTest {

  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final StunMessage BINDING =
      StunMessage.request(StunMethod.BINDING, new TransactionId(1, 2));

  private static final Quotas GENEROUS = new Quotas(4000, 1000, 64, 100_000);

  private RendezvousServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void garbageEndsItsConnectionOnly() throws Exception {
    start(Limits.DEFAULT);
    Random random = new Random(1);
    try (TestPeer good = peer(1)) {
      good.register(H2);
      for (int i = 0; i < 50; i++) {
        try (TestPeer bad = peer(2)) {
          byte[] garbage = new byte[100 + random.nextInt(3000)];
          random.nextBytes(garbage);
          bad.write(garbage);
          bad.awaitClosed();
        }
      }
      assertServed(good);
    }
  }

  @Test
  void aMessageThatIsTooLongEndsTheConnectionAtItsHeader() throws Exception {
    start(Limits.DEFAULT);
    byte[] header = TestPeer.octets(BINDING);
    ByteBuffer.wrap(header).putShort(2, (short) 8192);
    try (TestPeer bad = peer(1)) {
      bad.write(header);
      bad.awaitClosed();
    }
  }

  @Test
  void octetByOctetIsFine() throws Exception {
    start(Limits.DEFAULT);
    try (TestPeer slow = peer(1)) {
      for (byte octet : TestPeer.octets(BINDING)) {
        slow.write(new byte[] {octet});
      }
      assertThat(slow.read().transaction()).isEqualTo(BINDING.transaction());
    }
  }

  @Test
  void halfAMessageIsNoSignOfLife() throws Exception {
    start(new Limits(100, Duration.ofMillis(300), Duration.ofMinutes(5), 100, Quotas.DEFAULT));
    try (TestPeer silent = peer(1);
        TestPeer half = peer(2)) {
      half.write(new byte[] {0, 1, 0, 0});
      silent.awaitClosed();
      half.awaitClosed();
    }
  }

  @Test
  void silenceEndsARegistration() throws Exception {
    // Long enough to register, however busy the machine.
    start(new Limits(100, Duration.ofSeconds(30), Duration.ofSeconds(3), 100, Quotas.DEFAULT));
    try (TestPeer peer = peer(1)) {
      peer.register(H2);
      peer.awaitClosed();
    }
  }

  @Test
  void aFloodOfMessagesEndsTheConnection() throws Exception {
    start(new Limits(100, Duration.ofSeconds(10), Duration.ofSeconds(60), 10, Quotas.DEFAULT));
    try (TestPeer flood = peer(1)) {
      byte[] indication =
          TestPeer.octets(StunMessage.indication(StunMethod.BINDING, new TransactionId(1, 1)));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000_000; i++) {
                  flood.write(indication);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPeerThatDoesNotReadIsLetGo() throws Exception {
    start(new Limits(100, Duration.ofSeconds(10), Duration.ofSeconds(60), 100_000, GENEROUS));
    try (TestPeer deaf = peer(1);
        TestPeer web = peer(2)) {
      deaf.register(H2);
      web.register();
      Signal.Offer offer =
          new Signal.Offer(
              new SessionId(1, 2), web.self, deaf.self.id(), H2, Octets.of(new byte[2000]));
      boolean gone = false;
      for (int i = 0; i < 1000 && !gone; i++) {
        for (int burst = 0; burst < 100; burst++) {
          web.tell(offer);
        }
        gone = knowsNot(web, deaf);
      }
      assertThat(gone).isTrue();
    }
  }

  @Test
  void turnsConnectionsAwayAboveTheLimit() throws Exception {
    start(new Limits(2, Duration.ofSeconds(10), Duration.ofSeconds(60), 100, Quotas.DEFAULT));
    try (TestPeer one = peer(1);
        TestPeer two = peer(2)) {
      one.register();
      two.register();
      try (TestPeer three = peer(3)) {
        three.awaitClosed();
      }
      assertServed(one);
    }
  }

  @Test
  void aThousandComingsAndGoingsLeaveNothingBehind() throws Exception {
    start(new Limits(20_000, Duration.ofSeconds(10), Duration.ofSeconds(60), 100, GENEROUS));
    comeAndGo(20);
    long descriptors = descriptors();
    int threads = Thread.activeCount();
    comeAndGo(1000);

    assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 10);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
    try (TestPeer asking = peer(99)) {
      asking.register();
      assertThat(asking.ask(new Signal.Lookup(new PeerName("p7"))))
          .isInstanceOf(Signal.Rejected.class);
    }
  }

  @Test
  void anAddressInUseIsNamed() throws Exception {
    start(Limits.DEFAULT);
    InetSocketAddress taken = server.addresses().get(0);

    assertThatThrownBy(() -> RendezvousServer.start(List.of(taken), Limits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on tcp 127.0.0.1:" + taken.getPort());
  }

  private void comeAndGo(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      try (TestPeer peer = peer(7)) {
        if (i % 2 == 0) {
          peer.register(H2);
        }
      }
    }
    while (server.connections() > 0) {
      Thread.onSpinWait();
    }
  }

  private void start(Limits limits) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = RendezvousServer.start(List.of(new InetSocketAddress(loopback, 0)), limits);
  }

  private TestPeer peer(int seed) throws IOException {
    return new TestPeer(server.addresses().get(0), seed, "p" + seed);
  }

  private static void assertServed(TestPeer peer) throws Exception {
    assertThat(peer.ask(new Signal.Lookup(peer.self.id()))).isInstanceOf(Signal.Found.class);
  }

  /**
   * Whether the rendezvous says that {@code other} has left; refusals of offers may come before the
   * answer.
   */
  private static boolean knowsNot(TestPeer asking, TestPeer other) throws Exception {
    asking.write(
        TestPeer.octets(
            SignalCodec.encode(new Signal.Lookup(other.self.id()), new TransactionId(5, 5))));
    Signal heard = asking.hear();
    while (heard instanceof Signal.Indication) {
      heard = asking.hear();
    }
    return heard instanceof Signal.Rejected;
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
