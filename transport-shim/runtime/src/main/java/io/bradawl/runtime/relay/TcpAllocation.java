package io.bradawl.runtime.relay;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.turn.client.AllocationRequest;
import io.bradawl.protocol.turn.client.TurnInput;
import io.bradawl.protocol.turn.client.TurnOutput;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.turn.TurnServer;
import io.bradawl.runtime.turn.TurnSession;
import io.bradawl.runtime.turn.TurnStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An allocation at one server, or the attempt to get it. On the driver loop. */
final class TcpAllocation implements TurnStream.Listener {

  private static final Logger log = LoggerFactory.getLogger("bradawl.relay");

  private final TurnServer server;
  private final Surroundings with;
  private final Owner owner;
  private final TurnSession session;
  private final TurnStream stream;
  private final Map<InetAddress, Integer> permits = new HashMap<>();
  private final Map<TransportAddress, Deque<RelayUse.Connecting>> connects = new HashMap<>();
  private List<TransportAddress> relayed = List.of();
  private DriverLoop.@Nullable Timer doubt;
  private boolean over;

  /** Who wants it. */
  interface Owner {
    /** There is an allocation. */
    void allocated(TcpAllocation allocation);

    /** There is none any more, or never was. */
    void failed(TcpAllocation allocation, String why);

    /** A peer has connected. */
    void attempted(RelayedConnection connection, Octets first);
  }

  TcpAllocation(TurnServer server, Surroundings with, Owner owner) {
    this.server = server;
    this.with = with;
    this.owner = owner;
    this.session =
        new TurnSession(
            with.loop(),
            with.random(),
            new AllocationRequest(Transport.TCP, AllocationRequest.Families.DEFAULT, true),
            server,
            with.turn().servers(),
            this::perform);
    this.stream = with.turn().open(server, this);
  }

  TurnServer server() {
    return server;
  }

  /** Empty until there is an allocation. */
  List<TransportAddress> relayed() {
    return relayed;
  }

  /**
   * Asks the server whether it still knows the allocation.
   *
   * @param silent to be run if it does not answer within {@code patience}, which does not mean that
   *     the allocation is lost, nor the connections over it
   */
  void check(Duration patience, Runnable silent) {
    if (over || doubt != null) {
      return;
    }
    doubt =
        with.loop()
            .at(
                with.loop().now() + patience.toNanos(),
                () -> {
                  doubt = null;
                  silent.run();
                });
    session.tell(new TurnInput.Check());
  }

  private void trust() {
    if (doubt != null) {
      doubt.cancel();
      doubt = null;
    }
  }

  void permit(InetAddress peer) {
    if (permits.merge(peer, 1, Integer::sum) == 1) {
      session.tell(new TurnInput.Permit(peer));
    }
  }

  void forbid(InetAddress peer) {
    Integer left = permits.computeIfPresent(peer, (ip, uses) -> uses > 1 ? uses - 1 : null);
    if (left == null) {
      session.tell(new TurnInput.Forbid(peer));
    }
  }

  void connect(TransportAddress peer, RelayUse.Connecting outcome) {
    connects.computeIfAbsent(peer, address -> new ArrayDeque<>()).add(outcome);
    session.tell(new TurnInput.Connect(peer));
  }

  /** Gives it back to the server. */
  void release() {
    if (!over) {
      over = true;
      trust();
      session.tell(new TurnInput.Release());
      stream.close();
    }
  }

  @Override
  public void up() {
    session.tell(new TurnInput.Start());
  }

  @Override
  public void received(StunMessage message) {
    session.tell(new TurnInput.Received(message));
  }

  @Override
  public void data(int channel, ByteBuffer datagram) {
    // There are no channels in a TCP allocation (RFC 6062 section 4.1).
  }

  @Override
  public void lost(String why) {
    session.tell(new TurnInput.TransportLost(why));
  }

  private void perform(TurnOutput output) {
    if (output instanceof TurnOutput.Send send) {
      stream.send(send.message());
    } else if (output instanceof TurnOutput.Allocated allocated) {
      relayed = allocated.relayed();
      owner.allocated(this);
    } else if (output instanceof TurnOutput.Refreshed) {
      trust();
    } else if (output instanceof TurnOutput.Attempted attempted) {
      take(attempted.connection(), true, new Incoming(attempted.peer()));
    } else if (output instanceof TurnOutput.Connected connected) {
      RelayUse.Connecting outcome = connecting(connected.peer());
      if (outcome != null) {
        take(
            connected.connection(),
            false,
            new Outgoing(connected.peer(), server.foreign(), outcome));
      }
    } else if (output instanceof TurnOutput.NotConnected refused) {
      RelayUse.Connecting outcome = connecting(refused.peer());
      if (outcome != null) {
        outcome.failed(refused.error().toString());
      }
    } else if (output instanceof TurnOutput.Lost) {
      relayed = List.of();
    } else if (output instanceof TurnOutput.Failed failed) {
      fail(failed.error().toString());
    }
  }

  private RelayUse.@Nullable Connecting connecting(TransportAddress peer) {
    Deque<RelayUse.Connecting> waiting = connects.get(peer);
    return waiting == null ? null : waiting.poll();
  }

  private void take(int connection, boolean awaitsPeer, DataConnection.Outcome outcome) {
    DataConnection.open(
        with, server, stream.address(), session.connectionBind(connection), awaitsPeer, outcome);
  }

  private void fail(String why) {
    if (over) {
      return;
    }
    over = true;
    trust();
    stream.close();
    connects.values().forEach(waiting -> waiting.forEach(outcome -> outcome.failed(why)));
    connects.clear();
    owner.failed(this, why);
  }

  /** A peer has connected; if nothing comes of it, that is the peer's to notice. */
  private final class Incoming implements DataConnection.Outcome {

    private final TransportAddress peer;

    Incoming(TransportAddress peer) {
      this.peer = peer;
    }

    @Override
    public void bound(
        SocketChannel channel,
        InetAddress local,
        CompletableFuture<Void> over,
        @Nullable Octets first) {
      if (first == null) {
        DataConnection.abort(channel);
      } else {
        owner.attempted(new RelayedConnection(channel, local, peer, server.foreign(), over), first);
      }
    }

    @Override
    public void failed(String why) {
      log.debug("a connection of {} to {} was lost: {}", peer, relayed, why);
    }
  }

  private record Outgoing(TransportAddress peer, boolean foreign, RelayUse.Connecting outcome)
      implements DataConnection.Outcome {

    @Override
    public void bound(
        SocketChannel channel,
        InetAddress local,
        CompletableFuture<Void> over,
        @Nullable Octets first) {
      outcome.connected(new RelayedConnection(channel, local, peer, foreign, over));
    }

    @Override
    public void failed(String why) {
      outcome.failed(why);
    }
  }
}
