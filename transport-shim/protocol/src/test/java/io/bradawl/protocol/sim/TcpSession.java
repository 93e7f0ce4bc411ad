package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.tcp.ConnectionId;
import io.bradawl.protocol.path.tcp.PunchInput;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.path.tcp.PunchOutput;
import io.bradawl.protocol.path.tcp.TcpPunch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One punch, driven as the runtime drives one: its sockets, and the connection that it ends in. */
public final class TcpSession {

  private final World world;
  private final Host host;
  private final int port;
  private final TcpRelay.@Nullable Allocation relay;
  private final Consumer<Octets> application;
  private final Map<ConnectionId, TcpSocket> sockets = new HashMap<>();

  /** Connections to the relay that it has not said yes to. */
  private final Map<ConnectionId, TcpSocket> taking = new HashMap<>();

  private final Clockwork<PunchInput, PunchOutput> clockwork;
  private PunchOutput.@Nullable HandOver handOver;
  private @Nullable TcpSocket winner;
  private @Nullable String failure;
  private boolean lost;
  private boolean closed;
  private long upAt;
  private int attempts;
  private int largest;
  private int accepts;
  private int relayed;

  public TcpSession(
      World world,
      Host host,
      int port,
      PathSession session,
      TcpRelay.@Nullable Allocation relay,
      Consumer<Octets> application) {
    this.world = world;
    this.host = host;
    this.port = port;
    this.relay = relay;
    this.application = application;
    TcpPunch punch = new TcpPunch(session, new Random(world.random().nextLong()));
    clockwork = new Clockwork<>(world, punch, this::perform);
    host.tcp().listen(port, this::accept);
    if (relay != null) {
      session.remote().forEach(candidate -> relay.permit(candidate.address().ip()));
      relay.listen(this::acceptRelayed);
    }
  }

  public void handle(PunchInput input) {
    clockwork.handle(input);
  }

  public PunchOutput.@Nullable HandOver handOver() {
    return handOver;
  }

  public boolean isDecided() {
    return handOver != null || failure != null;
  }

  public Candidate.@Nullable Kind kind() {
    return handOver == null || lost ? null : handOver.kind();
  }

  public long upAt() {
    return upAt;
  }

  public @Nullable String failure() {
    return lost ? "the connection has ended" : failure;
  }

  public @Nullable TcpSocket winner() {
    return lost ? null : winner;
  }

  public int attempts() {
    return attempts;
  }

  /** In octets, of what the machine has written. */
  public int largest() {
    return largest;
  }

  public boolean waitsForTime() {
    return clockwork.waitsForTime();
  }

  public void close() {
    closed = true;
    clockwork.handle(new PunchInput.Abandon());
    if (winner != null && !lost) {
      lost = true;
      winner.abort();
    }
    List.copyOf(taking.values()).forEach(TcpSocket::abort);
  }

  private TcpSocket.Events accept(TcpSocket socket) {
    ConnectionId id = ConnectionId.accepted(accepts++);
    sockets.put(id, socket);
    return new Line(id, new PunchInput.Accepted(id, socket.remote()));
  }

  private void acceptRelayed(TransportAddress peer, Octets connection) {
    ConnectionId id = ConnectionId.relayed(relayed++);
    take(connection, id, new PunchInput.Relayed(id, peer));
  }

  private void take(Octets connection, ConnectionId id, PunchInput begin) {
    if (closed) {
      return;
    }
    TcpSocket.Events events = new RelayedLine(id, begin);
    Objects.requireNonNull(relay)
        .take(
            connection,
            events,
            socket -> {
              sockets.put(id, socket);
              taking.put(id, socket);
            });
  }

  private void perform(PunchOutput output) {
    if (output instanceof PunchOutput.Open open) {
      attempts++;
      // Later, since a machine is not to be told anything while it is being drained.
      world.at(world.now(), () -> connect(open));
    } else if (output instanceof PunchOutput.Write write) {
      largest = Math.max(largest, write.message().length());
      socket(write.id()).write(write.message());
    } else if (output instanceof PunchOutput.Close close) {
      TcpSocket socket = sockets.remove(close.id());
      if (socket != null) {
        socket.abort();
      }
    } else if (output instanceof PunchOutput.HandOver won) {
      handOver = won;
      winner = socket(won.id());
      upAt = world.now();
      host.tcp().stopListening(port);
    } else if (output instanceof PunchOutput.Failed why) {
      failure = why.text();
      host.tcp().stopListening(port);
    }
  }

  private void connect(PunchOutput.Open open) {
    ConnectionId id = open.id();
    PunchInput connected = new PunchInput.Connected(id);
    if (open.via() != PunchOutput.Via.RELAY) {
      Line line = new Line(id, connected);
      int from = open.via() == PunchOutput.Via.PORT ? port : host.tcp().anyPort();
      host.tcp().connect(from, open.remote(), line, socket -> sockets.put(id, socket));
    } else {
      Objects.requireNonNull(relay)
          .connect(
              open.remote(),
              connection -> take(connection, id, connected),
              () -> clockwork.handle(new PunchInput.ConnectFailed(id, Cause.OTHER)));
    }
  }

  private TcpSocket socket(ConnectionId id) {
    TcpSocket socket = sockets.get(id);
    if (socket == null) {
      throw new AssertionError("the machine speaks of " + id + ", which is not open");
    }
    return socket;
  }

  /** Tells the machine what happens to one socket, and the application once it is its own. */
  private class Line implements TcpSocket.Events {

    private final ConnectionId id;
    private final PunchInput begin;

    Line(ConnectionId id, PunchInput begin) {
      this.id = id;
      this.begin = begin;
    }

    ConnectionId id() {
      return id;
    }

    @Override
    public void connected(TcpSocket socket) {
      begin();
    }

    void begin() {
      clockwork.handle(begin);
    }

    @Override
    public void failed(Cause cause) {
      sockets.remove(id);
      clockwork.handle(new PunchInput.ConnectFailed(id, cause));
    }

    @Override
    public void message(Octets octets) {
      if (handOver != null && handOver.id().equals(id)) {
        application.accept(octets);
      } else {
        clockwork.handle(new PunchInput.Message(id, octets));
      }
    }

    @Override
    public void closed() {
      sockets.remove(id);
      lost |= handOver != null && handOver.id().equals(id);
      clockwork.handle(new PunchInput.Closed(id));
    }
  }

  /** Begins when the relay says so. */
  private final class RelayedLine extends Line {

    private boolean begun;

    RelayedLine(ConnectionId id, PunchInput begin) {
      super(id, begin);
    }

    @Override
    public void message(Octets octets) {
      if (begun) {
        super.message(octets);
      } else {
        begun = true;
        taking.remove(id());
        begin();
      }
    }
  }
}
