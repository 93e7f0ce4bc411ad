package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.sim.random.oracle.Verdict;
import io.bradawl.protocol.sim.random.plan.Plan;
import java.time.Duration;
import java.util.List;

/**
 * What came of a world.
 *
 * @param setUp from the offerer's start until both had a path; zero if they never had
 * @param spent the most that one machine sent, or connects that it asked for
 * @param oddities what is no violation, but worth to be counted
 * @param violations of the properties; none if all is well
 */
record Outcome(
    Plan plan,
    Verdict verdict,
    Result result,
    Duration setUp,
    int spent,
    Oddities oddities,
    List<String> violations) {

  /**
   * @param strays see {@link End#strays}
   * @param retries how often one attempt was not enough because of loss
   * @param unlucky how often a fault was not recovered from where the order of packets decides
   */
  record Oddities(int strays, int retries, int unlucky) {}

  enum Result {
    DIRECT,
    RELAYED,
    NONE
  }

  boolean isGood() {
    return violations.isEmpty();
  }
}
