package io.bradawl.rendezvous.server;

import static io.bradawl.rendezvous.server.TurnTestClient.error;
import static io.bradawl.rendezvous.server.TurnTestClient.peer;
import static io.bradawl.rendezvous.server.TurnTestClient.relayed;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.XorPeerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The relay of connections (RFC 6062) with real sockets. */
@Timeout(90)
class RelayedConnectionTest {

  @RegisterExtension final RelayGround ground = new RelayGround();

  @Test
  void connectionsAreRelayedWithTheirEnds() throws Exception {
    ground.start();
    ServerSocket listener = ground.open(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2")));
    TurnTestClient control = ground.tcpClient();
    control.ask(StunMethod.ALLOCATE, RequestedTransport.TCP);
    var target = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    StunMessage connected = control.ask(StunMethod.CONNECT, peer(target));
    Socket peer = ground.open(listener.accept());
    TurnTestClient.Tcp data = ground.tcpClient();
    assertThat(data.ask(StunMethod.CONNECTION_BIND, connected.first(ConnectionId.class)))
        .matches(answer -> answer.messageClass() == StunClass.SUCCESS);
    byte[] bulk = new byte[1_000_000];
    new Random(7).nextBytes(bulk);

    Thread writer = new Thread(() -> writeAndEnd(data.socket(), bulk));
    writer.start();

    assertThat(peer.getInputStream().readAllBytes()).isEqualTo(bulk);
    writer.join();
    writeAndEnd(peer, Arrays.copyOf(bulk, 5000));
    assertThat(data.socket().getInputStream().readAllBytes()).isEqualTo(Arrays.copyOf(bulk, 5000));
  }

  @Test
  void permittedPeersConnectAndTheirDataWait() throws Exception {
    ground.start();
    TurnTestClient control = ground.tcpClient();
    InetSocketAddress relay = relayed(control.ask(StunMethod.ALLOCATE, RequestedTransport.TCP));
    control.ask(StunMethod.CREATE_PERMISSION, peer(new InetSocketAddress("127.0.0.2", 0)));
    Socket stranger = ground.open(connect("127.0.0.3", relay));
    assertThat(stranger.getInputStream().read()).isEqualTo(-1);

    Socket peer = ground.open(connect("127.0.0.2", relay));
    peer.getOutputStream().write(42);

    StunMessage attempt = StunDecoder.decode(control.receive());
    assertThat(attempt.is(StunClass.INDICATION, StunMethod.CONNECTION_ATTEMPT)).isTrue();
    assertThat(attempt.first(XorPeerAddress.class).address().port()).isEqualTo(peer.getLocalPort());
    TurnTestClient.Tcp data = ground.tcpClient();
    data.ask(StunMethod.CONNECTION_BIND, attempt.first(ConnectionId.class));
    assertThat(data.socket().getInputStream().read()).isEqualTo(42);
    peer.close();
    assertThat(data.socket().getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void connectionsThatAreRefusedAreReported() throws Exception {
    ground.start();
    // Bound, so that nobody else listens there, and not listening.
    Socket deaf = ground.open(new Socket());
    deaf.bind(new InetSocketAddress("127.0.0.2", 0));
    var target = new InetSocketAddress(deaf.getLocalAddress(), deaf.getLocalPort());
    TurnTestClient control = ground.tcpClient();
    control.ask(StunMethod.ALLOCATE, RequestedTransport.TCP);

    assertThat(error(control.ask(StunMethod.CONNECT, peer(target)))).isEqualTo(447);
    var listener = new InetSocketAddress("127.0.0.1", ground.server().getPort());
    assertThat(error(control.ask(StunMethod.CONNECT, peer(listener)))).isEqualTo(447);
  }

  /** CVE-2018-4058 was this: a TCP relay that connects to services of its own machine. */
  @Test
  void addressesThatAreNotPublicAreNotConnectedTo() throws Exception {
    ground.start();
    TurnTestClient control = ground.tcpClient();
    control.ask(StunMethod.ALLOCATE, RequestedTransport.TCP);

    for (String peer : List.of("127.0.0.3", "0.0.0.0", "10.0.0.1", "169.254.169.254")) {
      assertThat(error(control.ask(StunMethod.CONNECT, peer(new InetSocketAddress(peer, 80)))))
          .as(peer)
          .isEqualTo(ErrorCode.FORBIDDEN);
    }
  }

  private static Socket connect(String from, InetSocketAddress to) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout(TurnTestClient.PATIENCE_MILLIS);
    socket.connect(to);
    return socket;
  }

  private static void writeAndEnd(Socket socket, byte[] octets) {
    try {
      socket.getOutputStream().write(octets);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
