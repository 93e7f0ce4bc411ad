package io.bradawl.protocol.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.UdpPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An application with a UDP socket, driven as the runtime drives one. */
final class UdpPeer implements Peer {

  static final int PORT = 5000;
  private static final Octets DATA = Octets.of("data".getBytes(US_ASCII));
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);

  private final World world;
  private final Host host;
  private final TransportAddress rendezvous;
  private final Set<Pair> sources = new HashSet<>();
  private final List<Octets> ofPeer = new ArrayList<>();
  private final List<Octets> ofStrangers = new ArrayList<>();
  private @Nullable TransportAddress mapped;
  private @Nullable Proof proof;
  private @Nullable UdpPath path;
  private @Nullable Clockwork<PathInput, PathOutput> clockwork;
  private final UdpRelay.@Nullable Client relay;
  private @Nullable Pair way;
  private int changes;
  private Candidate.@Nullable Kind kind;
  private @Nullable PathOutput end;
  private long upAt;
  private int sent;

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
  public void start(PathSession session) {
    proof = session.proof();
    path = new UdpPath(session, new Random(world.random().nextLong()));
    clockwork = new Clockwork<>(world, path, this::perform);
  }

  @Override
  public boolean isDecided() {
    return upAt != 0 || end != null;
  }

  @Override
  public boolean isUp() {
    return upAt != 0 && end == null;
  }

  @Override
  public long upAt() {
    return upAt;
  }

  @Override
  public @Nullable String failure() {
    return end instanceof PathOutput.Failed failed ? failed.text() : null;
  }

  @Nullable PathOutput end() {
    return end;
  }

  @Nullable TransportAddress remote() {
    return way == null ? null : way.remote();
  }

  /** How often the path has moved. */
  int changes() {
    return changes;
  }

  Host host() {
    return host;
  }

  Candidate.@Nullable Kind kind() {
    return kind;
  }

  int sent() {
    return sent;
  }

  boolean waitsForTime() {
    return clockwork != null && clockwork.waitsForTime();
  }

  void tell(PathInput input) {
    if (clockwork != null) {
      clockwork.handle(input);
    }
  }

  /** The host loses its network. */
  void unplug() {
    host.unplug();
  }

  /** The application sends. */
  void send() {
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
    ProvenMessage proven = proof == null ? null : proof.verify(octets.asByteBuffer());
    if (proven != null) {
      tell(new PathInput.Control(from, proven));
    } else {
      (sources.contains(from) ? ofPeer : ofStrangers).add(octets);
    }
  }

  private void perform(PathOutput output) {
    if (output instanceof PathOutput.Send send) {
      sent++;
      send(send.to(), send.message());
    } else if (output instanceof PathOutput.SourceProven source) {
      sources.add(source.pair());
    } else if (output instanceof PathOutput.Up up) {
      upAt = world.now();
      use(up.pair(), up.kind());
      send();
    } else if (output instanceof PathOutput.Changed changed) {
      changes++;
      use(changed.pair(), changed.kind());
    } else {
      end = output;
      way = null;
    }
  }

  private void send(Pair to, Octets octets) {
    if (to.isRelayed() && relay != null) {
      relay.send(to.remote(), octets);
    } else {
      host.sendDatagram(PORT, to.remote(), octets);
    }
  }

  private void use(Pair pair, Candidate.Kind candidateKind) {
    way = pair;
    kind = candidateKind;
  }
}
