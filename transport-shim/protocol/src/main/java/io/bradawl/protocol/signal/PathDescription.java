package io.bradawl.protocol.signal;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.realm.NameClaim;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What offer and answer tell of their sender, for the other peer only: it travels sealed.
 *
 * @param port 1 to 65535, the local port of the sender's socket: what the other application sees as
 *     the remote port
 * @param rendezvousRtt the sender's measured round trip to the rendezvous; lets both sides punch at
 *     the same moment
 * @param security what the sender asks for; a path has the stricter of what its two ends ask for
 * @param candidates where the sender may be reached, best first, 1 to {@value #MAX_CANDIDATES}
 * @param claim the sender's name, to be verified; {@code null} if it has none
 */
public record PathDescription(
    int port,
    Duration rendezvousRtt,
    Security security,
    List<Candidate> candidates,
    @Nullable NameClaim claim) {

  public static final int MAX_CANDIDATES = 32;

  public PathDescription {
    candidates = List.copyOf(candidates);
    if (port < 1 || port > 0xFFFF) {
      throw new IllegalArgumentException("port " + port + " is outside 1..65535");
    }
    if (candidates.isEmpty() || candidates.size() > MAX_CANDIDATES) {
      throw new IllegalArgumentException(
          candidates.size() + " candidates, must be 1.." + MAX_CANDIDATES);
    }
    if (rendezvousRtt.isNegative()) {
      throw new IllegalArgumentException("round trip of " + rendezvousRtt + " is negative");
    }
  }
}
