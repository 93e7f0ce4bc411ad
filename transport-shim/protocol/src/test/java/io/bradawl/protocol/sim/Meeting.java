package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProofKeys;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.signal.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Brings two peers together: both gather, offer and answer pass, and each starts when it believes
 * that the other does. The one-way delay between peers, and between a peer and the rendezvous, is
 * 20 ms.
 */
final class Meeting {

  static final Duration HALF_WAY = Duration.ofMillis(10);
  private static final Duration ROUND_TRIP = HALF_WAY.multipliedBy(4);

  /** How wrong a measured punch delay is at worst while nothing else happens on the links. */
  private static final Duration USUAL_SKEW = Duration.ofMillis(12);

  private final World world;
  private final Peer offerer;
  private final Peer answerer;
  private final SessionId id;
  private final ProofKeys key;
  private Duration maxSkew = USUAL_SKEW;
  private long startedAt;

  Meeting(World world, Peer offerer, Peer answerer) {
    this.world = world;
    this.offerer = offerer;
    this.answerer = answerer;
    Random random = world.random();
    id = new SessionId(random.nextLong(), random.nextLong());
    key = ProofKeys.of(nonce(random), nonce(random));
  }

  ProofKeys key() {
    return key;
  }

  SessionId id() {
    return id;
  }

  /** By how much at most the answerer starts too early or too late. */
  Meeting maxSkew(Duration skew) {
    maxSkew = skew;
    return this;
  }

  /** Gathers and starts; afterwards both machines are about to begin. */
  void arrange() {
    offerer.gather();
    answerer.gather();
    if (!world.runUntil(
        () -> offerer.hasGathered() && answerer.hasGathered(), Duration.ofSeconds(30))) {
      throw new AssertionError("no address from the rendezvous");
    }
    List<Candidate> offered = offerer.candidates();
    List<Candidate> answered = answerer.candidates();
    startedAt = world.now() + ROUND_TRIP.toNanos();
    long skew = (long) ((world.random().nextDouble() * 2 - 1) * maxSkew.toNanos());
    answerer.start(session(Role.ANSWERER, answered, offered, startedAt + skew));
    // The offerer knows nothing before the answer is there.
    world.at(startedAt, () -> offerer.start(session(Role.OFFERER, offered, answered, startedAt)));
  }

  /** Whether both sides came to a decision in bounded time. */
  boolean decides() {
    Duration bound = PathSession.PATIENCE.plusSeconds(1);
    return world.runUntil(() -> offerer.isDecided() && answerer.isDecided(), bound);
  }

  /** From the start until both sides had the path. */
  Duration setUp() {
    return Duration.ofNanos(Math.max(offerer.upAt(), answerer.upAt()) - startedAt);
  }

  private PathSession session(
      Role role, List<Candidate> local, List<Candidate> remote, long startAt) {
    long deadline = startAt + PathSession.PATIENCE.toNanos();
    return new PathSession(id, role, key, local, remote, startAt, deadline, ROUND_TRIP);
  }

  private static Octets nonce(Random random) {
    byte[] nonce = new byte[32];
    random.nextBytes(nonce);
    return Octets.of(nonce);
  }
}
