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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An application with a punch port, driven as the runtime drives one. */
final class TcpPeer implements Peer {

  static final int PORT = 9092;

  /** And the next ones. */
  private static final int ANY_PORT = 32_768;

  private final World world;
  private final Host host;
  private final TransportAddress rendezvous;
  private final TcpRelay.@Nullable Allocation relay;
  private final Map<ConnectionId, TcpSocket> sockets = new HashMap<>();
  private @Nullable TransportAddress mapped;
  private @Nullable Clockwork<PunchInput, PunchOutput> clockwork;
  private PunchOutput.@Nullable HandOver handOver;
  private @Nullable TcpSocket winner;
  private PunchOutput.@Nullable Failed failed;
  private long upAt;
  private int attempts;
  private int accepts;
  private int relayed;

  TcpPeer(
      World world, Host host, TransportAddress rendezvous, TcpRelay.@Nullable Allocation relay) {
    this.world = world;
    this.host = host;
    this.rendezvous = rendezvous;
    this.relay = relay;
  }

  @Override
  public void gather() {
    TcpSocket.Events events =
        new TcpSocket.Events() {
          @Override
          public void message(Octets octets) {
            mapped = Rendezvous.read(octets);
          }
        };
    host.tcp().connect(PORT, rendezvous, events, socket -> {});
  }

  @Override
  public boolean hasGathered() {
    return mapped != null;
  }

  @Override
  public List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>(Peer.candidates(host.at(PORT), mapped));
    if (relay != null) {
      candidates.add(new Candidate(Candidate.Kind.RELAYED, relay.relayed()));
    }
    return candidates;
  }

  @Override
  public void start(PathSession session) {
    TcpPunch punch = new TcpPunch(session, new Random(world.random().nextLong()));
    clockwork = new Clockwork<>(world, punch, this::perform);
    host.tcp().listen(PORT, this::accept);
    if (relay != null) {
      session.remote().forEach(candidate -> relay.permit(candidate.address().ip()));
      relay.listen(this::acceptRelayed);
    }
  }

  @Override
  public boolean isDecided() {
    return handOver != null || failed != null;
  }

  @Override
  public boolean isUp() {
    return handOver != null;
  }

  @Override
  public long upAt() {
    return upAt;
  }

  @Override
  public @Nullable String failure() {
    return failed == null ? null : failed.text();
  }

  /** The connection that the application was given. */
  @Nullable TcpSocket winner() {
    return winner;
  }

  PunchOutput.@Nullable HandOver handOver() {
    return handOver;
  }

  int attempts() {
    return attempts;
  }

  /** Sockets beside the connection to the rendezvous. */
  int openSockets() {
    return host.tcp().openSockets() - 1;
  }

  boolean waitsForTime() {
    return clockwork != null && clockwork.waitsForTime();
  }

  void tell(PunchInput input) {
    if (clockwork != null) {
      clockwork.handle(input);
    }
  }

  private void acceptRelayed(TransportAddress peer, Octets connection) {
    ConnectionId id = ConnectionId.relayed(relayed++);
    take(connection, id, new PunchInput.Relayed(id, peer));
  }

  private void take(Octets connection, ConnectionId id, PunchInput begin) {
    TcpSocket.Events events = new RelayedLink(id, begin);
    Objects.requireNonNull(relay).take(connection, events, socket -> sockets.put(id, socket));
  }

  private TcpSocket.Events accept(TcpSocket socket) {
    ConnectionId id = ConnectionId.accepted(accepts++);
    sockets.put(id, socket);
    return new Link(id, new PunchInput.Accepted(id, socket.remote()));
  }

  private void perform(PunchOutput output) {
    if (output instanceof PunchOutput.Open open) {
      attempts++;
      // Later, since a machine is not to be told anything while it is being drained.
      world.at(world.now(), () -> connect(open));
    } else if (output instanceof PunchOutput.Write write) {
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
      host.tcp().stopListening(PORT);
    } else if (output instanceof PunchOutput.Failed why) {
      failed = why;
      host.tcp().stopListening(PORT);
    }
  }

  private void connect(PunchOutput.Open open) {
    ConnectionId id = open.id();
    PunchInput connected = new PunchInput.Connected(id);
    if (open.via() != PunchOutput.Via.RELAY) {
      Link link = new Link(id, connected);
      int port = open.via() == PunchOutput.Via.PORT ? PORT : ANY_PORT + attempts;
      host.tcp().connect(port, open.remote(), link, socket -> sockets.put(id, socket));
    } else {
      Objects.requireNonNull(relay)
          .connect(
              open.remote(),
              connection -> take(connection, id, connected),
              () -> tell(new PunchInput.ConnectFailed(id, Cause.OTHER)));
    }
  }

  private TcpSocket socket(ConnectionId id) {
    TcpSocket socket = sockets.get(id);
    if (socket == null) {
      throw new AssertionError("the machine speaks of " + id + ", which is not open");
    }
    return socket;
  }

  /** Tells the machine what happens to one socket. */
  private class Link implements TcpSocket.Events {

    private final ConnectionId id;
    private final PunchInput begin;

    Link(ConnectionId id, PunchInput begin) {
      this.id = id;
      this.begin = begin;
    }

    @Override
    public void connected(TcpSocket socket) {
      begin();
    }

    void begin() {
      tell(begin);
    }

    @Override
    public void failed(Cause cause) {
      sockets.remove(id);
      tell(new PunchInput.ConnectFailed(id, cause));
    }

    @Override
    public void message(Octets octets) {
      tell(new PunchInput.Message(id, octets));
    }

    @Override
    public void closed() {
      sockets.remove(id);
      tell(new PunchInput.Closed(id));
    }
  }

  /** Begins when the relay says so. */
  private final class RelayedLink extends Link {

    private boolean begun;

    RelayedLink(ConnectionId id, PunchInput begin) {
      super(id, begin);
    }

    @Override
    public void message(Octets octets) {
      if (begun) {
        super.message(octets);
      } else {
        begun = true;
        begin();
      }
    }
  }
}
