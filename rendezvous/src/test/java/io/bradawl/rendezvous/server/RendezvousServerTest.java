package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.rendezvous.admission.Limits;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server's life. */
@Timeout(60)
class RendezvousServerTest {

  private static final List<InetSocketAddress> ANY =
      List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @Test
  void closingItAgainDoesNothing() throws Exception {
    RendezvousServer server = RendezvousServer.start(ANY, Limits.DEFAULT);
    try (Socket peer = new Socket()) {
      peer.connect(server.addresses().get(0));
      server.close();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
    assertThatCode(server::close).doesNotThrowAnyException();
  }

  @Test
  void peersOfAllAddressesAreOneCrowd() throws Exception {
    List<InetSocketAddress> listen =
        List.of(new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("::1", 0));
    try (RendezvousServer server = RendezvousServer.start(listen, Limits.DEFAULT);
        TestPeer db = new TestPeer(server.addresses().get(0), 1, "db");
        TestPeer web = new TestPeer(server.addresses().get(1), 2, "web")) {
      db.register();
      web.register();
      assertThat(web.ask(new Signal.Lookup(db.self.id()))).isInstanceOf(Signal.Found.class);
      for (InetSocketAddress address : server.addresses()) {
        assertThat(answersDatagrams(address)).as("%s", address).isTrue();
      }
    }
  }

  /** Asks until there is an answer: the kernel may drop some. */
  private static boolean answersDatagrams(InetSocketAddress address) throws Exception {
    byte[] request =
        TestPeer.octets(StunMessage.request(StunMethod.BINDING, new TransactionId(1, 2)));
    DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(500);
      for (int i = 0; i < 40; i++) {
        socket.send(new DatagramPacket(request, request.length, address));
        try {
          socket.receive(answer);
          return answer.getSocketAddress().equals(address);
        } catch (SocketTimeoutException e) {
          continue;
        }
      }
      return false;
    }
  }

  /** The kernel chooses a port that is free for TCP; in one of ten it is taken for UDP. */
  @Test
  void aChosenPortIsFreeForUdpToo() throws Exception {
    InetSocketAddress any = new InetSocketAddress("127.0.0.7", 0);
    List<DatagramSocket> taken = new ArrayList<>();
    try {
      while (taken.size() < 3000) {
        taken.add(new DatagramSocket(any));
      }
      for (int i = 0; i < 40; i++) {
        RendezvousServer.start(List.of(any), Limits.DEFAULT).close();
      }
    } finally {
      taken.forEach(DatagramSocket::close);
    }
  }
}
