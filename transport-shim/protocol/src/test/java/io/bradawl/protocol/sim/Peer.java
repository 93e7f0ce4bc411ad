package io.bradawl.protocol.sim;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One side of a meeting. */
interface Peer {

  /** Asks the rendezvous for its own address. */
  void gather();

  boolean hasGathered();

  List<Candidate> candidates();

  void start(PathSession session);

  /** Whether there is a path, or never will be one. */
  boolean isDecided();

  boolean isUp();

  /** When the path came up. */
  long upAt();

  /** Why there is no path, if there is none. */
  @Nullable String failure();

  static List<Candidate> candidates(TransportAddress own, @Nullable TransportAddress mapped) {
    Candidate host = new Candidate(Candidate.Kind.HOST, own);
    return mapped == null || mapped.equals(own)
        ? List.of(host)
        : List.of(host, new Candidate(Candidate.Kind.SERVER_REFLEXIVE, mapped));
  }
}
