package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.tcp.PunchInput;
import io.bradawl.protocol.path.tcp.PunchOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An application with a punch port. */
final class TcpPeer implements Peer {

  static final int PORT = 9092;

  private final World world;
  private final Host host;
  private final TransportAddress rendezvous;
  private final TcpRelay.@Nullable Allocation relay;
  private @Nullable TransportAddress mapped;
  private @Nullable TcpSession session;

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
  public void start(PathSession agreed) {
    session = new TcpSession(world, host, PORT, agreed, relay, octets -> {});
  }

  @Override
  public boolean isDecided() {
    return session != null && session.isDecided();
  }

  @Override
  public boolean isUp() {
    return handOver() != null;
  }

  @Override
  public long upAt() {
    return session == null ? 0 : session.upAt();
  }

  @Override
  public @Nullable String failure() {
    return session == null ? null : session.failure();
  }

  /** The connection that the application was given. */
  @Nullable TcpSocket winner() {
    return session == null ? null : session.winner();
  }

  PunchOutput.@Nullable HandOver handOver() {
    return session == null ? null : session.handOver();
  }

  int attempts() {
    return session == null ? 0 : session.attempts();
  }

  /** Sockets beside the connection to the rendezvous. */
  int openSockets() {
    return host.tcp().openSockets() - 1;
  }

  boolean waitsForTime() {
    return session != null && session.waitsForTime();
  }

  void tell(PunchInput input) {
    if (session != null) {
      session.handle(input);
    }
  }
}
