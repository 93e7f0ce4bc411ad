package io.bradawl.protocol.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A relay as RFC 6062 has it. What clients say over their control connections takes as long as the
 * way there; connections, and what goes over them, are real.
 */
public final class TcpRelay {

  private static final Duration ONE_WAY = Meeting.HALF_WAY.multipliedBy(2);
  private static final int DATA_PORT = 3479;
  private static final int FIRST_RELAYED_PORT = 50_000;
  private static final int FIRST_CLIENT_PORT = 20_000;
  private static final Octets BOUND = Octets.of("bound".getBytes(US_ASCII));

  /** RFC 6062 section 5.4: then a connection that its client has not taken up is closed. */
  private static final Duration UNCLAIMED = Duration.ofSeconds(30);

  private final World world;
  private final Host host;
  private final Map<Octets, PeerEnd> waiting = new HashMap<>();
  private boolean runs;
  private int allocations;
  private int connections;

  public TcpRelay(World world, Net internet) {
    this.world = world;
    this.host = new Host(world, internet, Site.ip(70, 0, 0, 2), Link.of(Meeting.HALF_WAY));
    start();
  }

  /** Serves, the first time or again. */
  public void start() {
    runs = true;
    host.tcp().listen(DATA_PORT, socket -> new ClientEnd());
  }

  /** Ends as a process does; nobody has an allocation any more. */
  public void kill() {
    runs = false;
    host.tcp().kill();
    waiting.clear();
  }

  /** Where clients take connections up. */
  public TransportAddress address() {
    return host.at(DATA_PORT);
  }

  /** Serves over IPv6, too. */
  public void alsoOn(Net internet, Duration delay) {
    host.alsoAt(internet, Site.ipv6(0x70, 2), Link.of(delay));
  }

  /** Where that client reaches it. */
  public TransportAddress addressFor(Host client) {
    return client.hasIpv4() ? host.at(DATA_PORT) : host.addresses(DATA_PORT).get(1);
  }

  public List<TransportAddress> addresses() {
    return host.addresses(DATA_PORT);
  }

  /** Connections with peers until now. */
  public int connections() {
    return connections;
  }

  public Allocation allocate(Host client) {
    return new Allocation(client, host.at(FIRST_RELAYED_PORT + allocations++));
  }

  /** Who is told of a connection that waits to be {@link Allocation#take taken}. */
  public interface Attempts {
    void attempted(TransportAddress peer, Octets connection);
  }

  /** What a client is given. */
  public final class Allocation {

    private final Host client;
    private final TransportAddress relayed;
    private final Set<InetAddress> permitted = new HashSet<>();
    private int taken;

    private Allocation(Host client, TransportAddress relayed) {
      this.client = client;
      this.relayed = relayed;
    }

    public TransportAddress relayed() {
      return relayed;
    }

    /** Is in vain while the relay is down. */
    public void listen(Attempts attempts) {
      if (runs) {
        host.tcp().listen(relayed.port(), socket -> accept(socket, attempts));
      }
    }

    private TcpSocket.Events accept(TcpSocket socket, Attempts attempts) {
      if (!permitted.contains(socket.remote().ip())) {
        world.in(Duration.ZERO, socket::abort);
        return TcpSocket.Events.NONE;
      }
      return new PeerEnd(connection -> attempts.attempted(socket.remote(), connection), () -> {});
    }

    public void permit(InetAddress ip) {
      world.in(ONE_WAY, () -> permitted.add(ip));
    }

    public void connect(TransportAddress peer, Consumer<Octets> connected, Runnable failed) {
      PeerEnd end = new PeerEnd(connected, failed);
      world.in(ONE_WAY, () -> connect(peer, end));
    }

    private void connect(TransportAddress peer, PeerEnd end) {
      if (runs) {
        host.tcp().connect(relayed.port(), peer, end, socket -> {});
      } else {
        end.failed(Cause.OTHER);
      }
    }

    /** Takes a connection up; the first message is the relay's, all others are the peer's. */
    public void take(Octets connection, TcpSocket.Events events, Consumer<TcpSocket> started) {
      int port = FIRST_CLIENT_PORT + taken++;
      client.tcp().connect(port, addressFor(client), new Taken(connection, events), started);
    }
  }

  /** The client's end of a connection to the relay. */
  private record Taken(Octets connection, TcpSocket.Events events) implements TcpSocket.Events {

    @Override
    public void connected(TcpSocket socket) {
      socket.write(connection);
    }

    @Override
    public void failed(Cause cause) {
      events.failed(cause);
    }

    @Override
    public void message(Octets octets) {
      events.message(octets);
    }

    @Override
    public void closed() {
      events.closed();
    }
  }

  /** One end of a connection at the relay; what comes waits until there is another one. */
  private abstract static class End implements TcpSocket.Events {

    private final List<Octets> early = new ArrayList<>();
    private @Nullable TcpSocket socket;
    private @Nullable End other;

    @Override
    public void connected(TcpSocket established) {
      socket = established;
    }

    @Override
    public void message(Octets octets) {
      if (other == null) {
        early.add(octets);
      } else {
        other.write(octets);
      }
    }

    void write(Octets octets) {
      if (socket != null) {
        socket.write(octets);
      }
    }

    void join(End joined) {
      other = joined;
      joined.other = this;
      early.forEach(joined::write);
    }

    @Override
    public void closed() {
      if (other != null && other.socket != null) {
        other.socket.abort();
      }
    }
  }

  private final class PeerEnd extends End {

    private final Consumer<Octets> connected;
    private final Runnable failed;

    PeerEnd(Consumer<Octets> connected, Runnable failed) {
      this.connected = connected;
      this.failed = failed;
    }

    @Override
    public void connected(TcpSocket established) {
      super.connected(established);
      Octets connection = Octets.of(("connection " + connections++).getBytes(US_ASCII));
      waiting.put(connection, this);
      world.in(ONE_WAY, () -> connected.accept(connection));
      world.in(UNCLAIMED, () -> closeIfUnclaimed(connection, established));
    }

    private void closeIfUnclaimed(Octets connection, TcpSocket established) {
      if (waiting.remove(connection, this)) {
        established.abort();
      }
    }

    @Override
    public void failed(Cause cause) {
      world.in(ONE_WAY, failed);
    }
  }

  private final class ClientEnd extends End {

    @Override
    public void message(Octets octets) {
      PeerEnd peer = waiting.remove(octets);
      if (peer == null) {
        super.message(octets);
      } else {
        write(BOUND);
        peer.join(this);
      }
    }
  }
}
