package io.bradawl.protocol.path;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.signal.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that offer and answer have settled, from one side's view: what a path machine starts with.
 *
 * @param local own candidates as told to the other peer
 * @param remote the other peer's candidates; which of them are really tried is the machine's
 *     decision
 * @param startAt when to send the first packet, monotonic nanoseconds: the moment the answer
 *     arrived (offerer), or the punch delay after the answer was sent (answerer), so that the first
 *     packets of both sides cross
 * @param deadline when to give up, monotonic nanoseconds
 * @param roundTrip estimate of the round trip between the peers, e.g. the sum of their round trips
 *     to the rendezvous; zero if unknown
 */
public record PathSession(
    SessionId id,
    Role role,
    ProofKeys keys,
    List<Candidate> local,
    List<Candidate> remote,
    long startAt,
    long deadline,
    Duration roundTrip) {

  /**
   * How long both machines are given to find a path, unless the application itself is less patient.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  public PathSession {
    local = List.copyOf(local);
    remote = List.copyOf(remote);
  }

  /** The same session, but only toward those remote candidates that {@code usable} lets pass. */
  public PathSession toward(Predicate<Candidate> usable) {
    List<Candidate> left = remote.stream().filter(usable).toList();
    return new PathSession(id, role, keys, local, left, startAt, deadline, roundTrip);
  }

  /** Makes own proofs and verifies the other side's. */
  public Proof proof() {
    return new Proof(id, role, keys);
  }

  /**
   * How long an answerer waits after sending its answer, so that it starts when the answer arrives:
   * the way to the rendezvous and on to the offerer is half of each round trip.
   */
  public static Duration punchDelay(Duration ownRendezvousRtt, Duration otherRendezvousRtt) {
    return ownRendezvousRtt.plus(otherRendezvousRtt).dividedBy(2);
  }
}
