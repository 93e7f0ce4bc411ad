package io.bradawl.protocol.sim;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.sim.Packet.Segment;
import io.bradawl.protocol.sim.Packet.Segment.Flag;
import io.bradawl.protocol.sim.Packet.Unreachable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * TCP of one host: listeners and sockets by local port and remote address, with port reuse
 * throughout.
 */
public final class TcpStack {

  private static final int FIRST_ANY_PORT = 32_768;

  private final Host host;
  private final World world;
  private final Map<Integer, Function<TcpSocket, TcpSocket.Events>> listeners = new HashMap<>();
  private final Map<Key, TcpSocket> sockets = new HashMap<>();
  private int anyPorts;

  public TcpStack(Host host, World world) {
    this.host = host;
    this.world = world;
  }

  /** Listens; {@code acceptor} is given each accepted socket and says who hears of it. */
  public void listen(int port, Function<TcpSocket, TcpSocket.Events> acceptor) {
    listeners.put(port, acceptor);
  }

  public void stopListening(int port) {
    listeners.remove(port);
  }

  /**
   * Connects. If the same two addresses are connected or connecting inwards already, only {@code
   * failed} is called, at once, as Linux does (EADDRNOTAVAIL); so also without an address of that
   * IP version (ENETUNREACH).
   */
  public void connect(
      int port, TransportAddress remote, TcpSocket.Events events, Consumer<TcpSocket> started) {
    if (sockets.containsKey(new Key(port, remote))) {
      events.failed(Cause.ADDRESS_NOT_AVAILABLE);
      return;
    }
    if (!host.reaches(remote)) {
      events.failed(Cause.UNREACHABLE);
      return;
    }
    TcpSocket socket = new TcpSocket(this, port, remote, events);
    sockets.put(new Key(port, remote), socket);
    started.accept(socket);
    socket.connect();
  }

  /** A port that nobody has used; each time another one. */
  public int anyPort() {
    return FIRST_ANY_PORT + anyPorts++;
  }

  public int openSockets() {
    return sockets.size();
  }

  public World world() {
    return world;
  }

  public void send(TcpSocket from, Segment segment) {
    host.send(new Packet(host.at(from.localPort(), from.remote()), from.remote(), segment));
  }

  public void forget(TcpSocket socket) {
    sockets.remove(new Key(socket.localPort(), socket.remote()), socket);
  }

  public TcpSocket.Events accept(TcpSocket socket) {
    Function<TcpSocket, TcpSocket.Events> acceptor = listeners.get(socket.localPort());
    if (acceptor == null) {
      // Whoever stops listening resets what nobody has accepted; later, since it is just coming up.
      world.at(world.now(), socket::abort);
      return TcpSocket.Events.NONE;
    }
    return acceptor.apply(socket);
  }

  public void receive(Packet packet, Segment segment) {
    int port = packet.destination().port();
    Key key = new Key(port, packet.source());
    TcpSocket socket = sockets.get(key);
    if (socket != null) {
      socket.receive(segment);
    } else if (segment.flag() == Flag.SYN && listeners.containsKey(port)) {
      TcpSocket embryo = new TcpSocket(this, port, packet.source(), TcpSocket.Events.NONE);
      sockets.put(key, embryo);
      embryo.receiveAsListener(segment);
    } else if (segment.flag() != Flag.RST) {
      host.send(packet.reply(Segment.of(Flag.RST, segment.ack(), segment.isn())));
    }
  }

  /** A segment of ours was not delivered: an attempt fails, a connection goes on (RFC 5461). */
  void receive(Unreachable error) {
    TcpSocket socket = sockets.get(new Key(error.from().port(), error.to()));
    if (socket != null) {
      socket.unreachable(error.reason());
    }
  }

  /** Ends as a process does: nobody listens any more, and whoever is connected gets RST. */
  void kill() {
    listeners.clear();
    List.copyOf(sockets.values()).forEach(TcpSocket::abort);
  }

  private record Key(int port, TransportAddress remote) {}
}
