package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.Renewal;
import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.Rendezvous;
import io.bradawl.protocol.sim.UdpRelay;
import io.bradawl.protocol.sim.UdpSession;
import io.bradawl.protocol.sim.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One with a UDP socket. */
final class UdpEnd implements End {

  private static final int FIRST_PORT = 5000;

  /** What is said before there is a path: nobody answers it. */
  private static final int FIRST = -1;

  private static final Duration ASK_AGAIN = Duration.ofMillis(200);

  /** Then the addresses that are known have to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Who has nothing but a relay waits until a SYN has been repeated three times. */
  private static final Duration RELAY_PATIENCE = Duration.ofSeconds(16);

  private final World world;
  private final Host host;
  private final Role role;
  private final int port;

  /** Of what the application says. */
  private final int length;

  private final Rendezvous rendezvous;
  private final @Nullable Relayed relay;
  private final List<UdpSession> sessions = new ArrayList<>();
  private final Set<Integer> open = new HashSet<>();
  private final Renewal renewal = new Renewal();
  private @Nullable UdpSession latest;
  private @Nullable TransportAddress mapped;
  private long gatheringEnds;
  private int asked;
  private int answers;
  private int strays;
  private boolean firstHeard;

  UdpEnd(Landscape landscape, Host host, Role role, boolean relayed, int length) {
    this.world = landscape.world();
    this.host = host;
    this.role = role;
    this.length = length;
    this.port = port(role);
    this.rendezvous = landscape.rendezvous();
    this.relay = relayed ? new Relayed(host, port, landscape.udpRelay(), this::relayed) : null;
    host.bind(port, this::receive);
  }

  /** Each side has its own, so that it is clear who gets it from a NAT that preserves ports. */
  static int port(Role role) {
    return FIRST_PORT + role.ordinal();
  }

  @Override
  public void gather() {
    mapped = null;
    if (relay != null) {
      relay.forget();
    }
    gatheringEnds = world.now() + (host.sendsUdp() ? PATIENCE : RELAY_PATIENCE).toNanos();
    askServers();
  }

  private void askServers() {
    if (hasGathered()) {
      return;
    }
    if (mapped == null) {
      host.sendDatagram(port, rendezvous.addressFor(host), Rendezvous.question());
    }
    if (relay != null && relay.address() == null) {
      relay.allocate();
    }
    world.in(ASK_AGAIN, this::askServers);
  }

  @Override
  public boolean hasGathered() {
    boolean mappingKnown = mapped != null || !host.sendsUdp();
    boolean allKnown = mappingKnown && (relay == null || relay.address() != null);
    return allKnown || world.now() >= gatheringEnds;
  }

  @Override
  public boolean isRegistered() {
    // Without UDP it is asked over TCP, which gives no address.
    return host.sendsUdp() ? mapped != null : rendezvous.serves();
  }

  @Override
  public List<Candidate> candidates() {
    return Candidates.of(host.addresses(port), mapped, relay == null ? null : relay.address());
  }

  @Override
  public void start(PathSession session) {
    UdpSession fresh = new UdpSession(world, session, this::send, () -> {});
    latest = fresh;
    if (sessions.isEmpty()) {
      fresh.handle(new PathInput.Early(new AppData(role, false, FIRST, Proof.MAX_DATA).write()));
    }
    sessions.add(fresh);
  }

  @Override
  public boolean isDecided() {
    return latest != null && latest.isDecided();
  }

  @Override
  public boolean isUp() {
    return carrier() != null;
  }

  @Override
  public Candidate.@Nullable Kind kind() {
    UdpSession carrier = carrier();
    return carrier == null ? null : carrier.kind();
  }

  @Override
  public long upAt() {
    return latest == null ? 0 : latest.upAt();
  }

  @Override
  public @Nullable String failure() {
    return latest == null ? "no session" : latest.failure();
  }

  @Override
  public void ask() {
    open.add(asked);
    say(new AppData(role, false, asked++, length));
  }

  @Override
  public boolean wantsRenewal() {
    UdpSession carrier = carrier();
    if (carrier == null) {
      return false;
    }
    renewal.leads(carrier.kind() == Candidate.Kind.RELAYED, world.now());
    return renewal.take(world.now());
  }

  @Override
  public boolean givesUpWhenSilent() {
    return false;
  }

  @Override
  public int answers() {
    return answers;
  }

  @Override
  public int spent() {
    return latest == null ? 0 : latest.sent();
  }

  @Override
  public int largest() {
    return latest == null ? 0 : latest.largest();
  }

  @Override
  public int strays() {
    return strays;
  }

  @Override
  public boolean hasHeardFirst() {
    return firstHeard;
  }

  @Override
  public void close() {
    sessions.forEach(UdpSession::abandon);
    if (relay != null) {
      relay.close();
    }
  }

  @Override
  public @Nullable String remains() {
    if (sessions.stream().anyMatch(UdpSession::waitsForTime)) {
      return "a timer of a path";
    }
    int sockets = host.tcp().openSockets();
    return sockets == 0 ? null : sockets + " open connections to the relay";
  }

  /** The newest session that has a path: an earlier one serves until there is one in its place. */
  private @Nullable UdpSession carrier() {
    for (int i = sessions.size() - 1; i >= 0; i--) {
      if (sessions.get(i).way() != null) {
        return sessions.get(i);
      }
    }
    return null;
  }

  private void say(AppData data) {
    UdpSession carrier = carrier();
    Pair way = carrier == null ? null : carrier.way();
    if (carrier != null && way != null) {
      carrier.use();
      send(way, data.write());
    }
  }

  private void receive(TransportAddress from, Octets octets) {
    if (from.equals(rendezvous.addressFor(host))) {
      mapped = Rendezvous.read(octets);
    } else if (relay != null && relay.isFromRelay(from)) {
      relay.take(octets);
    } else {
      receive(Pair.direct(from), octets);
    }
  }

  private void relayed(UdpRelay.Message message) {
    receive(Pair.relayed(message.address()), message.payload());
  }

  private void receive(Pair from, Octets octets) {
    for (UdpSession session : sessions) {
      ProvenMessage proven = session.verify(octets);
      if (proven != null) {
        session.control(from, proven);
        if (proven.data() != null) {
          hear(session, proven.data());
        }
        return;
      }
    }
    // Of a session that this side does not know: not the application's, either.
    if (Proof.sessionOf(octets.asByteBuffer()) == null) {
      sessions.stream().filter(s -> s.isSource(from)).findFirst().ifPresent(s -> hear(s, octets));
    }
  }

  private void hear(UdpSession session, Octets octets) {
    if (!AppData.is(octets) || AppData.read(octets).from() == role) {
      strays++;
      return;
    }
    session.use();
    AppData data = AppData.read(octets);
    if (data.number() == FIRST) {
      firstHeard = true;
    } else if (data.answer()) {
      answers += open.remove(data.number()) ? 1 : 0;
    } else {
      say(new AppData(role, true, data.number(), data.length()));
    }
  }

  private void send(Pair to, Octets octets) {
    if (to.isRelayed() && relay != null) {
      relay.send(to.remote(), octets);
    } else {
      host.sendDatagram(port, to.remote(), octets);
    }
  }
}
