package io.bradawl.runtime.tcp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.tcp.ConnectionId;
import io.bradawl.protocol.path.tcp.PunchInput;
import io.bradawl.protocol.path.tcp.PunchOutput;
import io.bradawl.protocol.path.tcp.TcpPunch;
import io.bradawl.protocol.seal.Relaying;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.relay.RelayUse;
import io.bradawl.runtime.relay.RelayedConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs one {@link TcpPunch} on real sockets. Only to be used on the driver loop. */
final class PunchDriver {

  private final DriverLoop loop;
  private final PunchPort port;
  private final PathSession session;
  private final TcpPunch machine;
  private final Outcome outcome;
  private final RelayUse relay;
  private final List<InetAddress> peer;
  private final Map<ConnectionId, PunchConnection> connections = new HashMap<>();
  private final Set<ConnectionId> due = new HashSet<>();

  /** Connections that begin at the relay. */
  private final Map<ConnectionId, RelayedConnection> byRelay = new HashMap<>();

  private final Queue<PunchInput> inputs = new ArrayDeque<>();
  private DriverLoop.@Nullable Timer timer;
  private boolean draining;
  private int accepted;
  private int relayed;

  /** How the punch ends; exactly one method is called, once. */
  interface Outcome {
    /** The connection is the outcome's to close. */
    void won(ProvenConnection connection);

    void failed(PunchOutput.Reason reason, String text);
  }

  PunchDriver(Surroundings with, PunchPort port, PathSession session, Outcome outcome) {
    this.loop = with.loop();
    this.port = port;
    this.session = session;
    this.machine = new TcpPunch(session, with.random());
    this.outcome = outcome;
    this.relay = with.relay().use(session.id(), session.local(), this::relayed);
    this.peer = session.remote().stream().map(candidate -> candidate.address().ip()).toList();
  }

  void start() {
    relay.permit(peer);
    tick();
  }

  private void tick() {
    machine.tick(loop.now());
    drain();
  }

  /** Takes over a connection that came in on the punch port. */
  void accepted(SocketChannel channel) {
    accepted(channel, null);
  }

  /**
   * The same.
   *
   * @param first a message that has been read from it already
   */
  void accepted(SocketChannel channel, @Nullable Octets first) {
    ConnectionId id = ConnectionId.accepted(accepted++);
    try {
      TransportAddress remote =
          PunchSockets.address((InetSocketAddress) channel.getRemoteAddress());
      channel.configureBlocking(false);
      connections.put(id, PunchConnection.standing(loop, id, channel, this::handle));
      handle(new PunchInput.Accepted(id, remote));
      if (first != null) {
        handle(new PunchInput.Message(id, first));
      }
    } catch (IOException e) {
      PunchSockets.abort(channel);
    }
  }

  /** The peer has connected to the relay, and said something that concerns this session. */
  private void relayed(RelayedConnection connection, Octets first) {
    ConnectionId id = ConnectionId.relayed(relayed++);
    if (stands(id, connection)) {
      handle(new PunchInput.Relayed(id, connection.remote()));
      handle(new PunchInput.Message(id, first));
    }
  }

  private boolean stands(ConnectionId id, RelayedConnection connection) {
    try {
      connections.put(id, PunchConnection.standing(loop, id, connection.channel(), this::handle));
      byRelay.put(id, connection);
      return true;
    } catch (IOException e) {
      PunchSockets.abort(connection.channel());
      return false;
    }
  }

  /** The path is no longer wanted. */
  void abandon() {
    handle(new PunchInput.Abandon());
  }

  boolean isOver() {
    return machine.isOver();
  }

  /** Outputs may bring about inputs at once; these wait until the machine is drained. */
  private void handle(PunchInput input) {
    inputs.add(input);
    if (!draining) {
      drain();
    }
  }

  private void drain() {
    draining = true;
    try {
      perform();
      PunchInput input;
      while ((input = inputs.poll()) != null) {
        machine.handle(input, loop.now());
        perform();
      }
    } finally {
      draining = false;
    }
    schedule();
  }

  private void perform() {
    PunchOutput output;
    while ((output = machine.poll()) != null) {
      if (output instanceof PunchOutput.Open open) {
        due.add(open.id());
        loop.execute(() -> open(open)); // after the attempt before it is closed
      } else if (output instanceof PunchOutput.Write write) {
        PunchConnection connection = connections.get(write.id());
        if (connection != null) {
          connection.write(write.message());
        }
      } else if (output instanceof PunchOutput.Close close) {
        due.remove(close.id());
        PunchConnection connection = connections.remove(close.id());
        if (connection != null) {
          connection.abort();
        }
      } else if (output instanceof PunchOutput.HandOver handOver) {
        handOver(handOver);
      } else if (output instanceof PunchOutput.Failed failed) {
        relay.giveUp();
        outcome.failed(failed.reason(), failed.text());
      }
    }
  }

  private void open(PunchOutput.Open open) {
    if (!due.contains(open.id())) {
      return;
    }
    if (open.via() == PunchOutput.Via.RELAY) {
      relay.connect(open.remote(), new ByRelay(open.id()));
    } else {
      due.remove(open.id());
      dial(open);
    }
  }

  private void dial(PunchOutput.Open open) {
    SocketChannel channel;
    try {
      channel =
          open.via() == PunchOutput.Via.PORT
              ? port.dial(open.remote())
              : port.dialFromAnyPort(open.remote());
    } catch (IOException e) {
      handle(new PunchInput.ConnectFailed(open.id(), PunchSockets.causeOf(e)));
      return;
    }
    try {
      connections.put(open.id(), PunchConnection.dialled(loop, open.id(), channel, this::handle));
    } catch (IOException e) {
      PunchSockets.abort(channel);
      handle(new PunchInput.ConnectFailed(open.id(), PunchInput.Cause.OTHER));
    }
  }

  private void handOver(PunchOutput.HandOver handOver) {
    PunchConnection winner = connections.remove(handOver.id());
    if (winner == null || winner.isOver()) {
      relay.close();
      outcome.failed(PunchOutput.Reason.NO_PATH, "the winning connection broke");
      return;
    }
    RelayedConnection through = byRelay.get(handOver.id());
    Runnable ended = through == null ? () -> {} : hold(through);
    relay.close();
    winner.release(() -> won(winner.channel(), through, handOver, ended));
  }

  /** The allocation stays for as long as the connection, of which not everybody knows. */
  private Runnable hold(RelayedConnection connection) {
    Runnable release = relay.hold();
    connection.over().thenRun(release);
    return release;
  }

  /**
   * Whatever port a relayed connection has, the application sees its own.
   *
   * @param through where the connection begins, if that is this side's relay
   */
  private void won(
      SocketChannel channel,
      @Nullable RelayedConnection through,
      PunchOutput.HandOver handOver,
      Runnable ended) {
    try {
      InetAddress ip = through == null ? PunchSockets.localOf(channel).ip() : through.local();
      TransportAddress local = new TransportAddress(ip, port.port());
      Relaying relaying = relaying(through, handOver.kind());
      outcome.won(
          new ProvenConnection(
              channel, local, handOver.remote(), handOver.kind(), relaying, ended));
    } catch (IOException e) {
      PunchSockets.abort(channel);
      ended.run();
      outcome.failed(PunchOutput.Reason.NO_PATH, "the winning connection broke");
    }
  }

  /** Of which make the other side's relay is, the other side knows. */
  private static Relaying relaying(@Nullable RelayedConnection through, Candidate.Kind kind) {
    if (through != null && through.foreign()) {
      return Relaying.FOREIGN;
    }
    boolean relayed = through != null || kind == Candidate.Kind.RELAYED;
    return relayed ? Relaying.RELAYED : Relaying.DIRECT;
  }

  private void schedule() {
    if (machine.isOver()) {
      session.keys().wipe();
    }
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    long next = machine.nextTimeout();
    if (next != Machine.NEVER) {
      timer = loop.at(next, this::tick);
    }
  }

  /** A connect by this side's relayed address. */
  private final class ByRelay implements RelayUse.Connecting {

    private final ConnectionId id;

    ByRelay(ConnectionId id) {
      this.id = id;
    }

    @Override
    public void connected(RelayedConnection connection) {
      if (!due.remove(id)) {
        PunchSockets.abort(connection.channel());
      } else if (stands(id, connection)) {
        handle(new PunchInput.Connected(id));
      } else {
        handle(new PunchInput.ConnectFailed(id, PunchInput.Cause.OTHER));
      }
    }

    @Override
    public void failed(String why) {
      if (due.remove(id)) {
        handle(new PunchInput.ConnectFailed(id, PunchInput.Cause.OTHER));
      }
    }
  }
}
