package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProofKeys;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.sim.World;
import io.bradawl.protocol.sim.random.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Offer and answer, as a rendezvous that can be relied upon carries them: both sides gather, the
 * offer takes its way, the answer takes it back, and each side starts when it believes that the
 * other one does.
 */
final class Introduction {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final World world;
  private final Plan plan;
  private final End offerer;
  private final End answerer;
  private long startedAt;
  private boolean made;
  private boolean before;

  Introduction(World world, Plan plan, End offerer, End answerer) {
    this.world = world;
    this.plan = plan;
    this.offerer = offerer;
    this.answerer = answerer;
  }

  /** Begins; {@link #isMade} tells when both sides have their sessions. */
  void make() {
    made = false;
    offerer.gather();
    answerer.gather();
    awaitAddresses();
  }

  boolean isMade() {
    return made;
  }

  /** When the offerer begins, monotonic nanoseconds. */
  long startedAt() {
    return startedAt;
  }

  private void awaitAddresses() {
    boolean gathered = offerer.hasGathered() && answerer.hasGathered();
    if (gathered && before && !(offerer.isRegistered() && answerer.isRegistered())) {
      world.in(AGAIN, this::make); // no offer gets through
    } else if (gathered) {
      introduce();
    } else {
      world.in(Duration.ofMillis(20), this::awaitAddresses);
    }
  }

  private void introduce() {
    Random random = world.random();
    SessionId id = new SessionId(random.nextLong(), random.nextLong());
    Octets ofOfferer = nonce(random);
    Octets ofAnswerer = nonce(random);
    List<Candidate> offered = offerer.candidates();
    List<Candidate> answered = answerer.candidates();
    long start = world.now() + plan.signalling().toNanos();
    startedAt = start;
    PathSession one =
        session(id, Role.OFFERER, ProofKeys.of(ofOfferer, ofAnswerer), offered, answered, start);
    long other = start + plan.skew().toNanos();
    answerer.start(
        session(id, Role.ANSWERER, ProofKeys.of(ofOfferer, ofAnswerer), answered, offered, other));
    // The offerer knows nothing before the answer is there.
    world.at(
        start,
        () -> {
          offerer.start(one);
          made = true;
          before = true;
        });
  }

  private PathSession session(
      SessionId id,
      Role role,
      ProofKeys keys,
      List<Candidate> local,
      List<Candidate> remote,
      long startAt) {
    long deadline = startAt + PathSession.PATIENCE.toNanos();
    Duration roundTrip = plan.signalling().multipliedBy(2);
    return new PathSession(id, role, keys, local, remote, startAt, deadline, roundTrip);
  }

  private static Octets nonce(Random random) {
    byte[] nonce = new byte[32];
    random.nextBytes(nonce);
    return Octets.of(nonce);
  }
}
