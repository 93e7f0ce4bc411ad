package io.bradawl.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.dial.TlsTrust;
import io.bradawl.runtime.loop.NettyDriverLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a scripted server; the real one is met in the integration tests. */
class RendezvousLinkTest {

  private static final int PATIENCE = 30;

  private final NettyDriverLoop loop = new NettyDriverLoop();
  private ServerSocket server;
  private RefusingPort secure;
  private RendezvousLink link;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    secure = new RefusingPort(0);
    RendezvousServer address =
        new RendezvousServer("127.0.0.1", server.getLocalPort(), secure.number(), false);
    link =
        new RendezvousLink(
            loop,
            new Dial(new TlsTrust(null)),
            List.of(address),
            ScriptedRendezvous.registrant(),
            new Random(1));
  }

  @AfterEach
  void close() throws IOException {
    loop.close();
    server.close();
    secure.close();
  }

  @Test
  void registersAndLooksUp() throws Exception {
    link.start(signal -> {});
    try (Socket connection = server.accept()) {
      ScriptedRendezvous.register(connection);
      link.registered().get(PATIENCE, TimeUnit.SECONDS);
      assertThat(link.server().get(PATIENCE, TimeUnit.SECONDS).getPort())
          .isEqualTo(server.getLocalPort());

      var found = link.lookup(new Signal.Lookup(new PeerName("db")));
      StunMessage lookup = readPastMeasurements(connection);
      ScriptedRendezvous.write(
          connection, lookup, new Signal.Found(ScriptedRendezvous.SELF.id(), null, null));
      assertThat(found.get(PATIENCE, TimeUnit.SECONDS).id())
          .isEqualTo(ScriptedRendezvous.SELF.id());
      assertThat(link.rtt()).isPositive();
    }
  }

  @Test
  void comesBackAfterALostConnection() throws Exception {
    link.start(signal -> {});
    for (int i = 0; i < 2; i++) {
      try (Socket connection = server.accept()) {
        ScriptedRendezvous.register(connection);
        link.registered().get(PATIENCE, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aRendezvousThatIsNotThereIsNamed() throws Exception {
    int port = server.getLocalPort();
    server.close();
    try (RefusingPort gone = new RefusingPort(port)) {
      link.start(signal -> {});
      var lookup = link.lookup(new Signal.Lookup(new PeerName("db")));
      assertThatThrownBy(() -> lookup.get(PATIENCE, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SignallingException.class)
          .hasMessageContaining("rendezvous 127.0.0.1:" + gone.number() + ": connection refused");
    }
  }

  @Test
  void garbageFromTheServerEndsTheConnectionOnly() throws Exception {
    link.start(signal -> {});
    try (Socket connection = server.accept()) {
      byte[] garbage = new byte[1000];
      new Random(3).nextBytes(garbage);
      Arrays.fill(garbage, 2, 4, (byte) 0);
      connection.getOutputStream().write(garbage);
      try (Socket again = server.accept()) {
        assertThat(SignalCodec.decode(ScriptedRendezvous.read(again)))
            .isInstanceOf(Signal.Register.class);
      }
    }
  }

  private static StunMessage readPastMeasurements(Socket connection) throws Exception {
    StunMessage message = ScriptedRendezvous.read(connection);
    while (message.method() == StunMethod.BINDING) {
      ByteBuffer answer = StunEncoder.encode(message.success());
      connection.getOutputStream().write(answer.array(), answer.arrayOffset(), answer.remaining());
      message = ScriptedRendezvous.read(connection);
    }
    return message;
  }
}
