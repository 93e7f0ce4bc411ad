package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.bradawl.rendezvous.admission.Limits;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
