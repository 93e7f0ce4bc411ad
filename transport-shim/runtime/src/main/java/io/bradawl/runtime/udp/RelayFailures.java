package io.bradawl.runtime.udp;

import io.bradawl.runtime.turn.TurnServer;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Servers that gave some socket no relay. A server that is gone fails every socket at once, and
 * each of them again and again: the log warns of it once until it works again. On the driver loop
 * only.
 */
final class RelayFailures {

  private final Logger log;

  /** As the log names them, so that other credentials do not make another server. */
  private final Set<String> warnedOf = new HashSet<>();

  RelayFailures(Logger log) {
    this.log = log;
  }

  /** A socket has no relay there. */
  void failed(TurnServer server, String why) {
    if (warnedOf.add(server.toString())) {
      log.warn("no relay at {}: {}", server, why);
    } else {
      log.debug("still no relay at {}: {}", server, why);
    }
  }

  /** A socket has a relay there. */
  void works(TurnServer server) {
    if (warnedOf.remove(server.toString())) {
      log.info("there is a relay at {} again", server);
    }
  }
}
