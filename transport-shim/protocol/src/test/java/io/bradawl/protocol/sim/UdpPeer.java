package io.bradawl.protocol.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An application with a UDP socket. */
final class UdpPeer implements Peer {

  static final int PORT = 5000;
  private static final Octets DATA = Octets.of("data".getBytes(US_ASCII));
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);

  private final World world;
  private final Host host;
  private final TransportAddress rendezvous;
  private final List<Octets> ofPeer = new ArrayList<>();
  private final List<Octets> ofStrangers = new ArrayList<>();
  private @Nullable TransportAddress mapped;
  private final UdpRelay.@Nullable Client relay;
  private @Nullable UdpSession session;

  UdpPeer(World world, Host host, TransportAddress rendezvous) {
    this(world, host, rendezvous, null);
  }

  /** With a relay for its socket, or {@code null}. */
  UdpPeer(World world, Host host, TransportAddress rendezvous, @Nullable UdpRelay relay) {
    this.relay = relay == null ? null : new UdpRelay.Client(host, PORT, relay);
    this.world = world;
    this.host = host;
    this.rendezvous = rendezvous;
    host.bind(PORT, this::receive);
  }

  @Override
  public void gather() {
    if (!hasGathered()) {
      host.sendDatagram(PORT, rendezvous, Rendezvous.question());
      if (relay != null) {
        relay.allocate();
      }
      world.in(ASK_AGAIN, this::gather);
    }
  }

  @Override
  public boolean hasGathered() {
    return relay == null ? mapped != null : relay.relayed() != null;
  }

  @Override
  public List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>(Peer.candidates(host.at(PORT), mapped));
    TransportAddress relayed = relay == null ? null : relay.relayed();
    if (relayed != null) {
      all.add(new Candidate(Candidate.Kind.RELAYED, relayed));
    }
    return all;
  }

  @Override
  public void start(PathSession agreed) {
    session = new UdpSession(world, agreed, this::send, this::send);
  }

  @Override
  public boolean isDecided() {
    return session != null && session.isDecided();
  }

  @Override
  public boolean isUp() {
    return way() != null;
  }

  @Override
  public long upAt() {
    return session == null ? 0 : session.upAt();
  }

  @Override
  public @Nullable String failure() {
    return end() instanceof PathOutput.Failed failed ? failed.text() : null;
  }

  @Nullable PathOutput end() {
    return session == null ? null : session.end();
  }

  @Nullable TransportAddress remote() {
    Pair way = way();
    return way == null ? null : way.remote();
  }

  private @Nullable Pair way() {
    return session == null ? null : session.way();
  }

  /** How often the path has moved. */
  int changes() {
    return session == null ? 0 : session.changes();
  }

  Host host() {
    return host;
  }

  Candidate.@Nullable Kind kind() {
    return session == null ? null : session.kind();
  }

  int sent() {
    return session == null ? 0 : session.sent();
  }

  boolean waitsForTime() {
    return session != null && session.waitsForTime();
  }

  void tell(PathInput input) {
    if (session != null) {
      session.handle(input);
    }
  }

  /** The host loses its network. */
  void unplug() {
    host.unplug();
  }

  /** The application sends. */
  void send() {
    Pair way = way();
    if (way != null) {
      send(way, DATA);
    }
  }

  /** What the application got from its peer, and what from elsewhere. */
  List<Octets> ofPeer() {
    return ofPeer;
  }

  List<Octets> ofStrangers() {
    return ofStrangers;
  }

  private void receive(TransportAddress from, Octets octets) {
    if (from.equals(rendezvous)) {
      mapped = Rendezvous.read(octets);
    } else if (relay != null && relay.isFromRelay(from)) {
      UdpRelay.Message message = relay.take(octets);
      if (message != null) {
        receive(Pair.relayed(message.address()), message.payload());
      }
    } else {
      receive(Pair.direct(from), octets);
    }
  }

  private void receive(Pair from, Octets octets) {
    ProvenMessage proven = session == null ? null : session.verify(octets);
    if (session != null && proven != null) {
      session.control(from, proven);
    } else {
      boolean known = session != null && session.isSource(from);
      (known ? ofPeer : ofStrangers).add(octets);
    }
  }

  private void send(Pair to, Octets octets) {
    if (to.isRelayed() && relay != null) {
      relay.send(to.remote(), octets);
    } else {
      host.sendDatagram(PORT, to.remote(), octets);
    }
  }
}
