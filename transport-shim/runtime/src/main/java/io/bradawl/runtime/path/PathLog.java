package io.bradawl.runtime.path;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerRef;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines about paths, whose form is promised to users. */
public final class PathLog {

  private static final Logger log = LoggerFactory.getLogger("bradawl.path");

  private final Transport transport;

  public PathLog(Transport transport) {
    this.transport = transport;
  }

  /**
   * A path has been handed to the application.
   *
   * @param nanos since the application asked for it (who offered) or the offer came
   */
  public void up(
      PeerRef peer,
      Candidate.Kind kind,
      TransportAddress local,
      TransportAddress remote,
      long nanos) {
    log.info(
        "path up peer={} proto={} kind={} local={} remote={} setup={}ms",
        peer.label(),
        transport.label(),
        label(kind),
        local,
        remote,
        TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  /** A path that is up leads over a relay from now on, or no longer. */
  public void moved(
      PeerRef peer, Candidate.Kind kind, TransportAddress local, TransportAddress remote) {
    log.info(
        "path moved peer={} proto={} kind={} local={} remote={}",
        peer.label(),
        transport.label(),
        label(kind),
        local,
        remote);
  }

  private static String label(Candidate.Kind kind) {
    return kind == Candidate.Kind.RELAYED ? "relayed" : "direct";
  }

  /** A path that was up is no more. */
  public void down(PeerRef peer, String reason, String text) {
    log.info(
        "path down peer={} proto={} reason={} ({})", peer.label(), transport.label(), reason, text);
  }

  /** A path did not come about. */
  public void failed(PeerRef peer, int port, String why) {
    log.warn("no path to peer={} proto={} port={}: {}", peer.label(), transport.label(), port, why);
  }
}
