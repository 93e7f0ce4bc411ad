package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.path.StartGate;
import io.bradawl.runtime.session.Sessions;
import io.bradawl.runtime.signal.RendezvousServer;
import io.bradawl.runtime.turn.TurnAccess;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where the agent's hooks bring the application's UDP sockets. Usable at once; what happens before
 * {@link #start} is made up for then.
 */
public final class UdpPeers {

  private final VirtualAddresses addresses;
  private final IntFunction<Security> security;
  private final StartGate<Surroundings> gate = new StartGate<>();

  /** By port; only used on the driver loop. */
  private final Map<Integer, Exposure> exposures = new HashMap<>();

  /**
   * @param security what this side asks for on paths to the service at a port; the other side may
   *     ask for more
   */
  public UdpPeers(VirtualAddresses addresses, IntFunction<Security> security) {
    this.security = security;
    this.addresses = addresses;
  }

  /**
   * The runtime is up.
   *
   * @param random cryptographically strong, as session keys come from it
   * @param turn how relays are reached; {@code null} for direct paths only
   * @param stun servers to be asked if the rendezvous does not answer
   */
  public void start(
      DriverLoop loop,
      Sessions sessions,
      RandomGenerator random,
      @Nullable TurnAccess turn,
      List<RendezvousServer> stun) {
    Pump pump = new Pump(loop);
    Reach reach = new Reach(loop);
    KeptRelays relays = new KeptRelays();
    sessions.whenRegistered(relays::rendezvousChanged);
    RelayFailures failures = new RelayFailures(LoggerFactory.getLogger("bradawl.relay"));
    gate.open(
        loop,
        new Surroundings(
            loop, sessions, addresses, random, pump, reach, relays, failures, turn, stun,
            security));
  }

  /**
   * The runtime will never be up: what waits for it is forgotten, and datagrams to peers are lost.
   */
  public void startFailed() {
    gate.fail("the runtime did not start");
  }

  /** Takes in a socket that serves peers or speaks to one. */
  public UdpSocket attach(AppDatagramSocket app) {
    return new UdpSocket(app, addresses, gate);
  }

  /** Offers of other peers for this port come to this socket, until it is closed. */
  public void serve(UdpSocket socket, int port) {
    gate.execute(
        with -> {
          SocketPaths paths = socket.paths().open(with);
          if (paths.serve()) {
            exposures
                .computeIfAbsent(port, p -> new Exposure(with.sessions(), service(p)))
                .add(paths);
          }
        });
  }

  /** The application has closed the socket: nothing of it remains. */
  public void closed(UdpSocket socket) {
    gate.execute(
        with -> {
          SocketPaths paths = socket.paths().open(with);
          paths.close();
          exposures.values().removeIf(exposure -> exposure.remove(paths));
        });
  }

  /** Whether the address stands for a peer. */
  public boolean isPeer(InetAddress ip) {
    return addresses.peerAt(ip) != null;
  }

  private static Service service(int port) {
    return new Service(Transport.UDP, port);
  }
}
