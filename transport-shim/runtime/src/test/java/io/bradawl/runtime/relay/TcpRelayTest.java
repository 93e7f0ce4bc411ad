package io.bradawl.runtime.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.dial.TlsTrust;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.bradawl.runtime.splice.SpliceLoops;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpRelayTest {

  private static final int PATIENCE_MILLIS = 20_000;

  private final NettyDriverLoop loop = new NettyDriverLoop();
  private final GrantedRelay rendezvous = new GrantedRelay();
  private ServerSocket lost;
  private ServerSocket present;

  @BeforeEach
  void open() throws IOException {
    lost = listener();
    present = listener();
  }

  @AfterEach
  void close() throws IOException {
    loop.close();
    lost.close();
    present.close();
  }

  /**
   * Found by the soak: behind a firewall that drops what it does not let out, a search for the
   * relay of a rendezvous that was gone went on for 20 s after another one had been found.
   */
  @Test
  void aSearchBeginsAnewWhenThereIsAnotherRendezvous() throws IOException {
    TurnAccess access =
        new TurnAccess(new TurnServers(rendezvous, null), new Dial(new TlsTrust(null)), loop);
    TcpRelay relay = new TcpRelay(loop, access, new SpliceLoops(), new Random(1));
    rendezvous.isAt(lost.getLocalPort());
    loop.execute(relay::prepare);
    try (Socket silent = lost.accept()) {
      rendezvous.isAt(present.getLocalPort());
      loop.execute(relay::rendezvousChanged);
      try (Socket asked = present.accept()) {
        asked.setSoTimeout(PATIENCE_MILLIS);
        assertThat(asked.getInputStream().read()).as("an Allocate request").isZero();
      }
      silent.setSoTimeout(PATIENCE_MILLIS);
      assertThat(silent.getInputStream().readAllBytes())
          .as("all of it, until it is let go")
          .isNotNull();
    }
  }

  private static ServerSocket listener() throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }
}
