package io.bradawl.protocol.sim.probe;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.TcpSocket;
import io.bradawl.protocol.sim.World;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A host of the simulation; whoever waits for something lets the world go on meanwhile. */
final class SimulatedVantage implements Vantage {

  private final Host host;
  private final World world;

  SimulatedVantage(Host host) {
    this.host = host;
    this.world = host.world();
  }

  @Override
  public InetAddress ip() {
    return host.ip();
  }

  @Override
  public Datagrams udp(int port) {
    Queue<Heard> inbox = new ArrayDeque<>();
    host.bind(port, (from, octets) -> inbox.add(new Heard(from, tag(octets))));
    return new Datagrams() {
      @Override
      public void send(TransportAddress to, int tag) {
        host.sendDatagram(port, to, octets(tag));
      }

      @Override
      public @Nullable Heard receive(Duration wait) {
        world.runUntil(() -> !inbox.isEmpty(), wait);
        return inbox.poll();
      }

      @Override
      public void close() {
        host.unbind(port);
      }
    };
  }

  @Override
  public boolean isToldUnreachable(int port, TransportAddress to, Duration wait) {
    List<TransportAddress> errors = new ArrayList<>();
    try (Datagrams socket = udp(port)) {
      host.onError(port, (unreached, reason) -> errors.add(unreached));
      socket.send(to, 0);
      return world.runUntil(() -> errors.contains(to), wait);
    }
  }

  @Override
  public Connections tcp(int port) {
    return new Port(port);
  }

  private static Octets octets(int tag) {
    return Octets.of(new byte[] {(byte) (tag >> 8), (byte) tag});
  }

  private static int tag(Octets octets) {
    byte[] content = octets.toByteArray();
    return (content[0] & 0xFF) << 8 | content[1] & 0xFF;
  }

  private final class Port implements Connections {

    private final int port;
    private final Queue<TransportAddress> accepted = new ArrayDeque<>();
    private final List<TcpSocket> open = new ArrayList<>();

    Port(int port) {
      this.port = port;
    }

    @Override
    public void listen() {
      host.tcp()
          .listen(
              port,
              socket -> {
                open.add(socket);
                accepted.add(socket.remote());
                return TcpSocket.Events.NONE;
              });
    }

    @Override
    public Attempt connect(TransportAddress remote) {
      Try attempt = new Try();
      host.tcp().connect(port, remote, attempt, open::add);
      return attempt;
    }

    @Override
    public @Nullable TransportAddress accept(Duration wait) {
      world.runUntil(() -> !accepted.isEmpty(), wait);
      return accepted.poll();
    }

    @Override
    public void close() {
      host.tcp().stopListening(port);
      open.forEach(TcpSocket::abort);
    }
  }

  private final class Try implements Attempt, TcpSocket.Events {

    private @Nullable Reaction reaction;

    @Override
    public void connected(TcpSocket socket) {
      reaction = Reaction.CONNECTED;
    }

    @Override
    public void failed(Cause cause) {
      reaction =
          switch (cause) {
            case REFUSED -> Reaction.REFUSED;
            case UNREACHABLE -> Reaction.PROHIBITED;
            default -> Reaction.SILENCE;
          };
    }

    @Override
    public Reaction await(Duration wait) {
      world.runUntil(() -> reaction != null, wait);
      return reaction == null ? Reaction.SILENCE : reaction;
    }
  }
}
