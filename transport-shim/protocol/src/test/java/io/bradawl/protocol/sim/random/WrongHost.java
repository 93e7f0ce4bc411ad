package io.bradawl.protocol.sim.random;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.TcpSocket;
import io.bradawl.protocol.sim.random.plan.Stranger;

/** Somebody who has the address that a peer told of itself, on the other peer's net. */
final class WrongHost {

  private static final Octets NOISE = Octets.of("220 who are you?\r\n".getBytes(US_ASCII));

  private final Host host;
  private final Stranger manner;
  private int misled;

  WrongHost(Host host, Stranger manner) {
    this.host = host;
    this.manner = manner;
    for (Role role : Role.values()) {
      if (manner != Stranger.DEAF) {
        host.tcp().listen(TcpEnd.port(role), this::accept);
      }
      host.bind(UdpEnd.port(role), (from, octets) -> answer(UdpEnd.port(role), from, octets));
    }
  }

  /** How much of the application's own data has come here. */
  int misled() {
    return misled;
  }

  private void answer(int port, TransportAddress from, Octets octets) {
    hear(octets);
    if (manner != Stranger.DEAF) {
      host.sendDatagram(port, from, manner == Stranger.ECHO ? octets : NOISE);
    }
  }

  private void hear(Octets octets) {
    if (AppData.is(octets)) {
      misled++;
    }
  }

  private TcpSocket.Events accept(TcpSocket socket) {
    if (manner == Stranger.TALKATIVE) {
      host.world().at(host.world().now(), () -> socket.write(NOISE));
    }
    return new TcpSocket.Events() {
      @Override
      public void message(Octets octets) {
        hear(octets);
        if (manner == Stranger.ECHO) {
          socket.write(octets);
        }
      }
    };
  }
}
