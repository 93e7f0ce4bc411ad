package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerRef;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line about each path, whose form is promised to users. */
final class PathLog {

  private static final Logger log = LoggerFactory.getLogger("bradawl.path");

  private PathLog() {}

  static void up(
      PeerRef peer,
      Candidate.Kind kind,
      TransportAddress local,
      TransportAddress remote,
      long nanos) {
    log.info(
        "path up peer={} proto=tcp kind={} local={} remote={} setup={}ms",
        peer.label(),
        kind == Candidate.Kind.RELAYED ? "relayed" : "direct",
        local,
        remote,
        TimeUnit.NANOSECONDS.toMillis(nanos));
  }
}
