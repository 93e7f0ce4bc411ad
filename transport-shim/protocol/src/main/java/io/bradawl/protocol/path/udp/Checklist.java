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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which pair to check next, and how soon (RFC 8445 sections 6.1.4 and 14): one check each {@value
 * #PACE_MILLIS} ms after a first burst, {@value #MAX_IN_FLIGHT} waiting for their answer at a time,
 * and {@value #MAX_CHECKS} in all, so that nobody can make a peer flood a network.
 */
final class Checklist {

  static final int MAX_CHECKS = 200;
  private static final int MAX_TARGETS = 12;
  private static final int MAX_RELAYED = 4;
  private static final int MAX_IN_FLIGHT = 8;
  private static final int PACE_MILLIS = 20;

  /**
   * The best reflexive and host addresses at once: that one opens a NAT, and this one may need
   * none.
   */
  private static final int BURST = 3;

  /** With them, at most so many pairs by relay, which work for sure and are soonest of use. */
  private static final int RELAYED_IN_BURST = 2;

  private final PathSession session;
  private final List<CheckedPair> pairs = new ArrayList<>();
  private final int burst;
  private Predicate<CheckedPair> wanted = pair -> true;
  private long pacedUntil;
  private int checks;

  Checklist(PathSession session) {
    this.session = session;
    this.pacedUntil = session.startAt();
    List<CheckedPair> relayed = new ArrayList<>();
    for (Candidate target : Targets.of(session, MAX_TARGETS)) {
      CheckedPair pair = pair(Pair.Base.SOCKET, target);
      (pair.isRelayed() ? relayed : pairs).add(pair);
    }
    Targets.byRelay(session, MAX_RELAYED).forEach(c -> relayed.add(pair(Pair.Base.RELAY, c)));
    int early = Math.min(RELAYED_IN_BURST, relayed.size());
    pairs.addAll(Math.min(1, pairs.size()), relayed.subList(0, early));
    pairs.addAll(relayed.subList(early, relayed.size()));
    burst = BURST + early;
  }

  private CheckedPair pair(Pair.Base base, Candidate remote) {
    return new CheckedPair(base, remote, session.startAt());
  }

  List<CheckedPair> pairs() {
    return pairs;
  }

  @Nullable CheckedPair at(Pair where) {
    return pairs.stream().filter(p -> p.pair().equals(where)).findFirst().orElse(null);
  }

  /**
   * A peer-reflexive candidate (RFC 8445 section 7.3.1.3), or a relayed one if the other peer's
   * relay is at that IP address; {@code null} if there is no room for it.
   */
  @Nullable CheckedPair learn(Pair where, long now) {
    if (pairs.size() >= UdpPath.MAX_PAIRS || !Targets.admits(session, where.remote())) {
      return null;
    }
    Candidate candidate = new Candidate(kindOf(where.remote()), where.remote());
    CheckedPair learned = new CheckedPair(where.base(), candidate, now);
    pairs.add(learned);
    return learned;
  }

  /** A peer that has had to ask its relay for another address tells of it by its checks alone. */
  private Candidate.Kind kindOf(TransportAddress untold) {
    return session.remote().stream()
            .filter(told -> told.kind() == Candidate.Kind.RELAYED)
            .anyMatch(told -> told.address().ip().equals(untold.ip()))
        ? Candidate.Kind.RELAYED
        : Candidate.Kind.PEER_REFLEXIVE;
  }

  /** From now on only direct pairs are worth a check: one by relay serves. */
  void seekDirect() {
    wanted = pair -> !pair.isRelayed();
  }

  /** Whether the budget allows a check out of turn. */
  boolean mayCheck() {
    return checks < MAX_CHECKS;
  }

  /** Counts a check, in or out of turn. */
  void count() {
    checks++;
  }

  /** The pair to check at {@code now}, if one is due; counts as its check. */
  @Nullable CheckedPair takeDue(long now) {
    CheckedPair next = next().orElse(null);
    if (next == null || now < nextDue()) {
      return null;
    }
    count();
    if (checks >= burst) {
      pacedUntil = now + MILLISECONDS.toNanos(PACE_MILLIS);
    }
    return next;
  }

  long nextDue() {
    return next()
        .map(pair -> Math.max(pair.due(), Math.max(pacedUntil, slotFreeAt())))
        .orElse(Machine.NEVER);
  }

  /** Whether a pair that is better than {@code pair} may still prove valid. */
  boolean hasHopeAbove(CheckedPair pair) {
    return pairs.stream().anyMatch(p -> !p.isValid() && p.priority() > pair.priority());
  }

  private Optional<CheckedPair> next() {
    return mayCheck()
        ? pairs.stream()
            .filter(p -> !p.isValid() && wanted.test(p))
            .min(Comparator.comparingLong(CheckedPair::due))
        : Optional.empty();
  }

  /**
   * When fewer than {@value #MAX_IN_FLIGHT} checks will still be waiting for an answer or their
   * repetition.
   */
  private long slotFreeAt() {
    return pairs.stream()
        .filter(p -> p.isSent() && !p.isValid())
        .map(CheckedPair::due)
        .sorted(Comparator.reverseOrder())
        .skip(MAX_IN_FLIGHT - 1)
        .findFirst()
        .orElse(Long.MIN_VALUE);
  }
}
