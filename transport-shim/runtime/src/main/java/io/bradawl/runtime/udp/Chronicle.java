package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.runtime.path.PathLog;
import io.bradawl.runtime.path.PathTally;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log and the tally are told of the paths of one socket. On the driver loop only. */
final class Chronicle {

  private final AppDatagramSocket app;
  private final SocketRelay relay;
  private final Surroundings with;
  private final PathLog log = new PathLog(Transport.UDP);
  private final Map<PathDriver, PathTally.Entry> counted = new HashMap<>();
  private boolean closed;

  Chronicle(AppDatagramSocket app, SocketRelay relay, Surroundings with) {
    this.app = app;
    this.relay = relay;
    this.with = with;
  }

  /**
   * From now on the route goes by this path, this way.
   *
   * @param before the kind of what was in use until now; {@code null} for nothing
   */
  void leads(PathDriver path, Pair pair, Candidate.Kind kind, Candidate.@Nullable Kind before) {
    if (!closed) {
      counted.computeIfAbsent(path, p -> with.sessions().paths().entry(Transport.UDP)).is(kind);
    }
    TransportAddress local = local(pair);
    if (local == null) {
      return;
    }
    PeerRef peer = path.route.peer;
    if (before == null) {
      long setup = with.loop().now() - path.askedAt;
      log.up(peer, kind, local, pair.remote(), setup);
    } else if ((before == Candidate.Kind.RELAYED) != (kind == Candidate.Kind.RELAYED)) {
      log.moved(peer, kind, local, pair.remote());
    }
  }

  /** A path that no route goes by any more goes another way. */
  void moved(PathDriver path, Candidate.Kind kind) {
    PathTally.Entry entry = counted.get(path);
    if (entry != null) {
      entry.is(kind);
    }
  }

  void over(PathDriver path) {
    PathTally.Entry entry = counted.remove(path);
    if (entry != null) {
      entry.is(null);
    }
  }

  /** The route has no path any more. */
  void down(Route route, PathOutput.Reason reason, String text) {
    log.down(route.peer, reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), text);
  }

  /** Nothing more is counted. */
  void close() {
    closed = true;
    counted.values().forEach(entry -> entry.is(null));
    counted.clear();
  }

  private @Nullable TransportAddress local(Pair pair) {
    if (pair.isRelayed()) {
      boolean ipv6 = pair.remote().isIpv6();
      return relay.addresses().stream().filter(a -> a.isIpv6() == ipv6).findFirst().orElse(null);
    }
    InetSocketAddress bound = app.local();
    TransportAddress remote = pair.remote();
    return bound == null
        ? null
        : SourceAddress.toward(new InetSocketAddress(remote.ip(), remote.port()), bound);
  }
}
