package io.bradawl.protocol.path.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Targets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which address to check next, and how soon (RFC 8445 sections 6.1.4 and 14): one check each
 * {@value #PACE_MILLIS} ms after a first burst of {@value #BURST}, {@value #MAX_IN_FLIGHT} waiting
 * for their answer at a time, and {@value #MAX_CHECKS} in all, so that nobody can make a peer flood
 * a network.
 */
final class Checklist {

  static final int MAX_CHECKS = 200;
  private static final int MAX_TARGETS = 12;
  private static final int MAX_IN_FLIGHT = 8;
  private static final int PACE_MILLIS = 20;

  /**
   * The best reflexive and host addresses at once: that one opens a NAT, and this one may need
   * none.
   */
  private static final int BURST = 3;

  private final PathSession session;
  private final List<Remote> remotes = new ArrayList<>();
  private long pacedUntil;
  private int checks;

  Checklist(PathSession session) {
    this.session = session;
    this.pacedUntil = session.startAt();
    Targets.of(session, MAX_TARGETS).forEach(c -> remotes.add(new Remote(c, session.startAt())));
  }

  List<Remote> remotes() {
    return remotes;
  }

  @Nullable Remote at(TransportAddress address) {
    return remotes.stream().filter(r -> r.address().equals(address)).findFirst().orElse(null);
  }

  /**
   * A peer-reflexive candidate (RFC 8445 section 7.3.1.3), or {@code null} if there is no room for
   * it.
   */
  @Nullable Remote learn(TransportAddress address, long now) {
    if (remotes.size() >= UdpPath.MAX_REMOTES || !Targets.admits(session, address)) {
      return null;
    }
    Remote learned = new Remote(new Candidate(Candidate.Kind.PEER_REFLEXIVE, address), now);
    remotes.add(learned);
    return learned;
  }

  /** Whether the budget allows a check out of turn. */
  boolean mayCheck() {
    return checks < MAX_CHECKS;
  }

  /** Counts a check, in or out of turn. */
  void count() {
    checks++;
  }

  /** The address to check at {@code now}, if one is due; counts as its check. */
  @Nullable Remote takeDue(long now) {
    Remote next = next().orElse(null);
    if (next == null || now < nextDue()) {
      return null;
    }
    count();
    if (checks >= BURST) {
      pacedUntil = now + MILLISECONDS.toNanos(PACE_MILLIS);
    }
    return next;
  }

  long nextDue() {
    return next()
        .map(remote -> Math.max(remote.due(), Math.max(pacedUntil, slotFreeAt())))
        .orElse(Machine.NEVER);
  }

  /** Whether an address that is better than {@code remote} may still prove valid. */
  boolean hasHopeAbove(Remote remote) {
    return remotes.stream().anyMatch(r -> !r.isValid() && r.priority() > remote.priority());
  }

  private Optional<Remote> next() {
    return mayCheck()
        ? remotes.stream().filter(r -> !r.isValid()).min(Comparator.comparingLong(Remote::due))
        : Optional.empty();
  }

  /**
   * When fewer than {@value #MAX_IN_FLIGHT} checks will still be waiting for an answer or their
   * repetition.
   */
  private long slotFreeAt() {
    return remotes.stream()
        .filter(r -> r.isSent() && !r.isValid())
        .map(Remote::due)
        .sorted(Comparator.reverseOrder())
        .skip(MAX_IN_FLIGHT - 1)
        .findFirst()
        .orElse(Long.MIN_VALUE);
  }
}
