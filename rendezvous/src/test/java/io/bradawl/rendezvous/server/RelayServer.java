package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.options.RelayOptions;
import io.bradawl.rendezvous.stun.StunSettings;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import picocli.CommandLine;

/** A rendezvous that relays, on the loopback interface. */
final class RelayServer {

  private RelayServer() {}

  /**
   * @param options of the relay, as an operator writes them
   */
  static RendezvousServer start(Telemetry telemetry, String... options) throws IOException {
    RelayOptions relay = new RelayOptions();
    new CommandLine(relay).parseArgs(options);
    List<InetSocketAddress> any = List.of(new InetSocketAddress("127.0.0.1", 0));
    return RendezvousServer.start(
        new ServerSettings(
            any,
            StunSettings.PLAIN,
            null,
            Limits.DEFAULT,
            relay.settings(any, ExternalAddresses.NONE),
            null,
            null),
        telemetry);
  }
}
