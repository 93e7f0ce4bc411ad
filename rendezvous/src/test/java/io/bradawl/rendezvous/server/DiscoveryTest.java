package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ChangeRequest;
import io.bradawl.protocol.stun.OtherAddress;
import io.bradawl.protocol.stun.ResponseOrigin;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.stun.StunSettings;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behaviour discovery on real sockets: answers come from where they say. */
@Timeout(60)
class DiscoveryTest {

  private static final InetSocketAddress FIRST = new InetSocketAddress("127.0.0.1", 0);
  private static final InetSocketAddress SECOND = new InetSocketAddress("127.0.0.2", 0);

  @Test
  void answersComeFromEachOfTheFourSockets() throws Exception {
    try (RendezvousServer server = start(FIRST, SECOND);
        DatagramSocket socket = new DatagramSocket(0, FIRST.getAddress())) {
      socket.setSoTimeout(2_000);
      InetSocketAddress first = server.addresses().get(0);
      TransportAddress other =
          Objects.requireNonNull(ask(socket, first).message().first(OtherAddress.class)).address();
      assertThat(other.ip()).isEqualTo(SECOND.getAddress());
      InetSocketAddress second = new InetSocketAddress(other.ip(), other.port());

      for (InetSocketAddress asked : List.of(first, second)) {
        for (boolean ip : new boolean[] {false, true}) {
          for (boolean port : new boolean[] {false, true}) {
            Heard heard = ask(socket, asked, new ChangeRequest(ip, port));

            boolean ofSecond = asked.equals(second);
            assertThat(heard.from())
                .isEqualTo(
                    new InetSocketAddress(
                        (ip ^ ofSecond ? second : first).getAddress(),
                        (port ^ ofSecond ? second : first).getPort()));
            assertThat(heard.message().has(XorMappedAddress.class)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void whatCannotServeIsNamed() {
    assertThatThrownBy(() -> start(FIRST, FIRST))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("two IP addresses");
    assertThatThrownBy(() -> start(new InetSocketAddress("0.0.0.0", 0), SECOND))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("needs a --listen with a definite address");
    assertThatThrownBy(() -> start(FIRST, new InetSocketAddress("::1", 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of the same family");
  }

  @Test
  void behindAOneToOneNatClientsAreToldTheOuterAddresses() throws Exception {
    InetAddress outer = InetAddress.getByName("192.0.2.1");
    InetAddress outerToo = InetAddress.getByName("192.0.2.2");
    var external =
        new ExternalAddresses(Map.of(FIRST.getAddress(), outer, SECOND.getAddress(), outerToo));
    try (RendezvousServer server = start(FIRST, SECOND, external);
        DatagramSocket socket = new DatagramSocket(0, FIRST.getAddress())) {
      socket.setSoTimeout(2_000);
      InetSocketAddress first = server.addresses().get(0);
      Heard heard = ask(socket, first, new ChangeRequest(false, false));
      assertThat(heard.from()).isEqualTo(first);
      assertThat(heard.message().first(ResponseOrigin.class))
          .isEqualTo(new ResponseOrigin(new TransportAddress(outer, first.getPort())));
      assertThat(heard.message().first(OtherAddress.class))
          .isNotNull()
          .extracting(other -> other.address().ip())
          .isEqualTo(outerToo);
    }
  }

  private static RendezvousServer start(InetSocketAddress listen, InetSocketAddress alternate)
      throws IOException {
    return start(listen, alternate, ExternalAddresses.NONE);
  }

  private static RendezvousServer start(
      InetSocketAddress listen, InetSocketAddress alternate, ExternalAddresses external)
      throws IOException {
    return RendezvousServer.start(
        new ServerSettings(
            List.of(listen),
            new StunSettings(alternate, null, external),
            null,
            Limits.DEFAULT,
            null,
            null,
            null),
        Telemetry.unseen());
  }

  private record Heard(InetSocketAddress from, StunMessage message) {}

  private static Heard ask(
      DatagramSocket socket, InetSocketAddress server, StunAttribute... attributes)
      throws Exception {
    StunMessage request =
        StunMessage.request(
            StunMethod.BINDING, TransactionId.draw(ThreadLocalRandom.current()), attributes);
    byte[] octets = TestPeer.octets(request);
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    while (true) {
      socket.send(new DatagramPacket(octets, octets.length, server));
      if (receive(socket, answer)) {
        StunMessage message =
            StunDecoder.decode(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()));
        if (message.transaction().equals(request.transaction())) {
          return new Heard((InetSocketAddress) answer.getSocketAddress(), message);
        }
      }
    }
  }

  private static boolean receive(DatagramSocket socket, DatagramPacket packet) throws IOException {
    try {
      socket.receive(packet);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
