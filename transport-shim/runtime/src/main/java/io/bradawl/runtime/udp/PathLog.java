package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.udp.PathOutput;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines about paths, whose form is promised to users. */
final class PathLog {

  private static final Logger log = LoggerFactory.getLogger("bradawl.path");

  void up(
      Route route,
      Candidate.Kind kind,
      @Nullable InetSocketAddress bound,
      InetSocketAddress real,
      long nanos) {
    log.info(
        "path up peer={} proto=udp kind={} local={} remote={} setup={}ms",
        route.peer.label(),
        kind == Candidate.Kind.RELAYED ? "relayed" : "direct",
        bound == null ? "closed" : text(HostAddresses.toward(real, bound)),
        text(real),
        TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  void down(Route route, PathOutput.Reason reason, String text) {
    String word = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    log.info("path down peer={} proto=udp reason={} ({})", route.peer.label(), word, text);
  }

  void failed(Route route, String why, int dropped) {
    log.warn(
        "no path to peer={} proto=udp port={}: {}; datagrams dropped: {}",
        route.peer.label(),
        route.virtual.getPort(),
        why,
        dropped);
  }

  private static String text(InetSocketAddress address) {
    return new TransportAddress(address.getAddress(), address.getPort()).toString();
  }
}
