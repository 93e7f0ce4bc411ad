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
import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs one {@link TcpPunch} on real sockets. Only to be used on the driver loop. */
final class PunchDriver {

  private final DriverLoop loop;
  private final PunchPort port;
  private final TcpPunch machine;
  private final Outcome outcome;
  private final Map<ConnectionId, PunchConnection> connections = new HashMap<>();
  private final Set<ConnectionId> due = new HashSet<>();
  private final Queue<PunchInput> inputs = new ArrayDeque<>();
  private DriverLoop.@Nullable Timer timer;
  private boolean draining;
  private int accepted;

  /** How the punch ends; exactly one method is called, once. */
  interface Outcome {
    /** The channel is in no selector, and is the outcome's to close. */
    void won(SocketChannel channel, TransportAddress remote, Candidate.Kind kind);

    void failed(PunchOutput.Reason reason, String text);
  }

  PunchDriver(Surroundings with, PunchPort port, PathSession session, Outcome outcome) {
    this.loop = with.loop();
    this.port = port;
    this.machine = new TcpPunch(session, with.random());
    this.outcome = outcome;
  }

  void start() {
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
          PunchSockets.address((java.net.InetSocketAddress) channel.getRemoteAddress());
      channel.configureBlocking(false);
      connections.put(id, PunchConnection.accepted(loop, id, channel, this::handle));
      handle(new PunchInput.Accepted(id, remote));
      if (first != null) {
        handle(new PunchInput.Message(id, first));
      }
    } catch (IOException e) {
      PunchSockets.abort(channel);
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
        loop.execute(() -> dial(open)); // after the attempt before it is closed
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
        outcome.failed(failed.reason(), failed.text());
      }
    }
  }

  private void dial(PunchOutput.Open open) {
    if (!due.remove(open.id())) {
      return;
    }
    SocketChannel channel;
    try {
      channel = port.dial(open.remote());
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
      outcome.failed(PunchOutput.Reason.NO_PATH, "the winning connection broke");
      return;
    }
    winner.release(() -> outcome.won(winner.channel(), handOver.remote(), handOver.kind()));
  }

  private void schedule() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    long next = machine.nextTimeout();
    if (next != Machine.NEVER) {
      timer = loop.at(next, this::start);
    }
  }
}
