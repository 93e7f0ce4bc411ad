package io.bradawl.runtime.session;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.signal.Security;
import java.util.List;

/**
 * One end of a path to be: a socket and where it may be reached.
 *
 * @param port 1 to 65535, the socket's own port: what the application at the other end sees
 * @param security what it asks for
 * @param candidates best first, 1 to 32
 */
public record PathEnd(int port, Security security, List<Candidate> candidates) {

  public PathEnd {
    candidates = List.copyOf(candidates);
  }
}
