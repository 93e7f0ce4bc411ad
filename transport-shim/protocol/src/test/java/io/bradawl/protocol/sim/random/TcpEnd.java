package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.Rendezvous;
import io.bradawl.protocol.sim.TcpRelay;
import io.bradawl.protocol.sim.TcpSession;
import io.bradawl.protocol.sim.TcpSocket;
import io.bradawl.protocol.sim.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One with a punch port: a local TCP port with a connection to the rendezvous. */
final class TcpEnd implements End {

  private static final int FIRST_PORT = 9092;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final World world;
  private final Host host;
  private final Role role;
  private final int port;

  /** Of what the application says. */
  private final int length;

  private final Rendezvous rendezvous;
  private final TcpRelay.@Nullable Allocation relay;
  private final Set<Integer> open = new HashSet<>();
  private @Nullable TcpSocket signalling;
  private @Nullable TransportAddress mapped;
  private @Nullable TcpSession latest;
  private long gatheringEnds;
  private int asked;
  private int answers;
  private int strays;

  TcpEnd(Landscape landscape, Host host, Role role, boolean relayed, int length) {
    this.world = landscape.world();
    this.host = host;
    this.role = role;
    this.length = length;
    this.port = port(role);
    this.rendezvous = landscape.rendezvous();
    this.relay = relayed ? landscape.tcpRelay().allocate(host) : null;
  }

  /** Each side has its own, so that it is clear who gets it from a NAT that preserves ports. */
  static int port(Role role) {
    return FIRST_PORT + role.ordinal();
  }

  @Override
  public void gather() {
    mapped = null;
    gatheringEnds = world.now() + PATIENCE.toNanos();
    TcpSocket.Events events =
        new TcpSocket.Events() {
          @Override
          public void message(Octets octets) {
            mapped = Rendezvous.read(octets);
          }

          @Override
          public void failed(Cause cause) {
            gatheringEnds = world.now();
          }
        };
    if (signalling != null) {
      signalling.abort();
    }
    host.tcp().connect(port, rendezvous.addressFor(host), events, socket -> signalling = socket);
  }

  @Override
  public boolean hasGathered() {
    return mapped != null || world.now() >= gatheringEnds;
  }

  @Override
  public boolean isRegistered() {
    return mapped != null;
  }

  @Override
  public List<Candidate> candidates() {
    return Candidates.of(host.addresses(port), mapped, relay == null ? null : relay.relayed());
  }

  @Override
  public void start(PathSession session) {
    if (latest != null) {
      latest.close();
    }
    latest = new TcpSession(world, host, port, session, relay, this::hear);
  }

  @Override
  public boolean isDecided() {
    return latest != null && latest.isDecided();
  }

  @Override
  public boolean isUp() {
    TcpSocket winner = winner();
    return winner != null && winner.isEstablished();
  }

  @Override
  public Candidate.@Nullable Kind kind() {
    return latest == null ? null : latest.kind();
  }

  @Override
  public long upAt() {
    return latest == null ? 0 : latest.upAt();
  }

  @Override
  public @Nullable String failure() {
    return latest == null ? "no session" : latest.failure();
  }

  /** The connection that the application was given. */
  @Nullable TcpSocket winner() {
    return latest == null ? null : latest.winner();
  }

  @Override
  public void ask() {
    open.add(asked);
    say(new AppData(role, false, asked++, length));
  }

  @Override
  public boolean wantsRenewal() {
    return false;
  }

  @Override
  public boolean givesUpWhenSilent() {
    return true;
  }

  @Override
  public int answers() {
    return answers;
  }

  @Override
  public int spent() {
    return latest == null ? 0 : latest.attempts();
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
    return isUp();
  }

  @Override
  public void close() {
    if (latest != null) {
      latest.close();
    }
    if (signalling != null) {
      signalling.abort();
    }
  }

  @Override
  public @Nullable String remains() {
    if (latest != null && latest.waitsForTime()) {
      return "a timer of a punch";
    }
    int sockets = host.tcp().openSockets();
    return sockets == 0 ? null : sockets + " open sockets";
  }

  /** Sockets beside the one to the rendezvous. */
  int sockets() {
    return host.tcp().openSockets() - 1;
  }

  private void say(AppData data) {
    TcpSocket winner = winner();
    if (winner != null && winner.isEstablished()) {
      winner.write(data.write());
    }
  }

  private void hear(Octets octets) {
    if (!AppData.is(octets) || AppData.read(octets).from() == role) {
      strays++;
      return;
    }
    AppData data = AppData.read(octets);
    if (data.answer()) {
      answers += open.remove(data.number()) ? 1 : 0;
    } else {
      say(new AppData(role, true, data.number(), data.length()));
    }
  }
}
