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
  private final Set<TransportAddress> sources = new HashSet<>();
  private final List<Octets> ofPeer = new ArrayList<>();
  private final List<Octets> ofStrangers = new ArrayList<>();
  private @Nullable TransportAddress mapped;
  private @Nullable Proof proof;
  private @Nullable UdpPath path;
  private @Nullable Clockwork<PathInput, PathOutput> clockwork;
  private @Nullable TransportAddress remote;
  private Candidate.@Nullable Kind kind;
  private @Nullable PathOutput end;
  private long upAt;
  private int sent;

  UdpPeer(World world, Host host, TransportAddress rendezvous) {
    this.world = world;
    this.host = host;
    this.rendezvous = rendezvous;
    host.bind(PORT, this::receive);
  }

  @Override
  public void gather() {
    if (mapped == null) {
      host.sendDatagram(PORT, rendezvous, Rendezvous.question());
      world.in(ASK_AGAIN, this::gather);
    }
  }

  @Override
  public boolean hasGathered() {
    return mapped != null;
  }

  @Override
  public List<Candidate> candidates() {
    return Peer.candidates(host.at(PORT), mapped);
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
    return remote;
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
    if (remote != null) {
      host.sendDatagram(PORT, remote, DATA);
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
      return;
    }
    ProvenMessage proven = proof == null ? null : proof.verify(octets.asByteBuffer());
    if (proven != null) {
      tell(new PathInput.Control(Pair.direct(from), proven));
    } else {
      (sources.contains(from) ? ofPeer : ofStrangers).add(octets);
    }
  }

  private void perform(PathOutput output) {
    if (output instanceof PathOutput.Send send) {
      sent++;
      host.sendDatagram(PORT, send.to().remote(), send.message());
    } else if (output instanceof PathOutput.SourceProven source) {
      sources.add(source.pair().remote());
    } else if (output instanceof PathOutput.Up up) {
      upAt = world.now();
      use(up.pair().remote(), up.kind());
      send();
    } else if (output instanceof PathOutput.Changed changed) {
      use(changed.pair().remote(), changed.kind());
    } else {
      end = output;
      remote = null;
    }
  }

  private void use(TransportAddress address, Candidate.Kind candidateKind) {
    remote = address;
    kind = candidateKind;
  }
}
