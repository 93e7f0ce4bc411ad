package io.bradawl.rendezvous.server;

import io.bradawl.protocol.turn.TurnLimits;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.stun.StunSettings;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.turn.RelayAccess;
import io.bradawl.rendezvous.turn.RelayAddress;
import io.bradawl.rendezvous.turn.RelayQuotas;
import io.bradawl.rendezvous.turn.RelaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A server with everything that answers datagrams, on the loopback interface. */
final class UdpServer implements AutoCloseable {

  final RendezvousServer server;

  UdpServer(Telemetry telemetry) throws IOException {
    InetAddress ip = InetAddress.getLoopbackAddress();
    server =
        RendezvousServer.start(
            new ServerSettings(
                List.of(new InetSocketAddress(ip, 0)),
                new StunSettings(
                    new InetSocketAddress("127.0.0.2", 0), null, ExternalAddresses.NONE),
                null,
                Limits.DEFAULT,
                relay(ip),
                null,
                null),
            telemetry);
  }

  InetSocketAddress address() {
    return server.addresses().get(0);
  }

  private static RelaySettings relay(InetAddress ip) throws IOException {
    return new RelaySettings(
        List.of(new RelayAddress(ip, ip)),
        RelaySettings.FIRST_PORT,
        RelaySettings.LAST_PORT,
        RelayAccess.open("bradawl", null, null, Duration.ofDays(1)),
        TurnLimits.DEFAULT,
        RelayQuotas.DEFAULT,
        List.of(),
        List.of());
  }

  @Override
  public void close() {
    server.close();
  }
}
