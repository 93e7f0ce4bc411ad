package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.kernel.Departures;
import io.bradawl.runtime.kernel.TcpTable;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.path.StartGate;
import io.bradawl.runtime.relay.TcpRelay;
import io.bradawl.runtime.session.Sessions;
import io.bradawl.runtime.splice.SpliceLoops;
import io.bradawl.runtime.turn.TurnAccess;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent's hooks bring the application's TCP sockets. Usable at once, from any thread;
 * what happens before {@link #start} is made up for then.
 */
public final class TcpPeers {

  private final VirtualAddresses addresses;
  private final IntFunction<Security> security;
  private final LocalNames names;
  private final StartGate<Surroundings> gate = new StartGate<>();

  /** By port; only used on the driver loop. */
  private final Map<Integer, ServedPort> served = new HashMap<>();

  private @Nullable ClientPorts ports;
  private volatile @Nullable ApplicationEnds ends;

  /**
   * @param security what paths to the service at a port are to have
   * @param names where the local addresses that connections are to show are made known
   */
  public TcpPeers(VirtualAddresses addresses, IntFunction<Security> security, LocalNames names) {
    this.addresses = addresses;
    this.security = security;
    this.names = names;
  }

  /**
   * The runtime is up.
   *
   * @param random cryptographically strong, as session keys come from it
   * @param turn how relays are reached; {@code null} to do without
   */
  public void start(
      DriverLoop loop, Sessions sessions, RandomGenerator random, @Nullable TurnAccess turn) {
    SpliceLoops splices = new SpliceLoops();
    ApplicationEnds made =
        new ApplicationEnds(security, names, sessions.paths(), departures(loop), splices);
    ends = made;
    TcpRelay relay = new TcpRelay(loop, turn, splices, random);
    sessions.whenRegistered(relay::rendezvousChanged);
    gate.open(loop, new Surroundings(loop, sessions, addresses, random, made, relay));
  }

  private static Departures departures(DriverLoop loop) {
    Executor aside =
        task -> {
          Thread thread = new Thread(task, "bradawl-table");
          thread.setDaemon(true);
          thread.start();
        };
    return new Departures(loop, new TcpTable(Path.of("/proc/self")), aside);
  }

  /**
   * The process ends, the application's own shutdown hooks have run: what it has written to
   * encrypted connections is sent before this returns, but for at most {@code patience}.
   */
  public void drain(Duration patience) {
    ApplicationEnds open = ends;
    if (open != null) {
      open.drain(patience);
    }
  }

  /** The runtime will never be up: connects to peers fail at once. */
  public void startFailed(String why) {
    gate.fail(why);
  }

  /** Whether the caller is the runtime itself, whose own listeners peers have no business with. */
  public boolean isOwnThread() {
    return gate.inLoop();
  }

  /** Makes a path for a connecting socket. */
  public void connect(AppSocket app, InetSocketAddress to) {
    PeerRef peer = addresses.peerAt(to.getAddress());
    if (peer == null) {
      app.fail(
          new NoRouteToHostException(
              "No route to host: "
                  + to.getAddress().getHostAddress()
                  + " is in bradawl.range, but was not given to any peer"));
      return;
    }
    gate.execute(
        new StartGate.Task<>() {
          @Override
          public void run(Surroundings with) {
            new OutgoingConnect(with, ports(with), app, peer, to.getPort()).start();
          }

          @Override
          public void hopeless(String why) {
            app.fail(
                new ConnectException(
                    "Cannot connect: "
                        + addresses.hostName(peer)
                        + ":"
                        + to.getPort()
                        + ": "
                        + why));
          }
        });
  }

  /** Lets peers reach a listener, until it is {@link #closed}. */
  public void listening(AppListener app) {
    int port = app.local().getPort();
    gate.execute(
        with ->
            served
                .computeIfAbsent(port, p -> new ServedPort(with.sessions(), service(p)))
                .add(new ServedListener(with, app)));
  }

  /** The application has closed the listener. */
  public void closed(AppListener app) {
    int port = app.local().getPort();
    gate.execute(
        with -> {
          ServedPort at = served.get(port);
          if (at != null && at.close(app)) {
            served.remove(port);
          }
        });
  }

  /** The application's accept came upon a connection that its listener was told to expect. */
  public void punched(AppListener app, SocketChannel connection) {
    gate.execute(
        with -> {
          ServedPort at = served.get(app.local().getPort());
          ServedListener listener = at == null ? null : at.find(app);
          if (listener == null) {
            PunchSockets.abort(connection);
          } else {
            listener.punched(connection);
          }
        });
  }

  private ClientPorts ports(Surroundings with) {
    ClientPorts known = ports == null ? new ClientPorts(with) : ports;
    ports = known;
    return known;
  }

  private static Service service(int port) {
    return new Service(Transport.TCP, port);
  }
}
