package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a peer tells of itself. */
final class Candidates {

  private Candidates() {}

  static List<Candidate> of(
      List<TransportAddress> hosts,
      @Nullable TransportAddress mapped,
      @Nullable TransportAddress relayed) {
    List<Candidate> all = new ArrayList<>();
    hosts.forEach(host -> all.add(new Candidate(Candidate.Kind.HOST, host)));
    if (mapped != null && !hosts.contains(mapped)) {
      all.add(new Candidate(Candidate.Kind.SERVER_REFLEXIVE, mapped));
    }
    if (relayed != null) {
      all.add(new Candidate(Candidate.Kind.RELAYED, relayed));
    }
    return all;
  }
}
