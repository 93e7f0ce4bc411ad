package io.bradawl.protocol.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSessions;
import java.util.List;

/** Addresses and pauses of a small world, so that things meet. */
final class Peers {

  private static final Candidate RELAYED = candidate(Kind.RELAYED, 200);

  private Peers() {}

  static List<Candidate> local(FuzzedDataProvider data) {
    return data.consumeBoolean() ? List.of(PathSessions.OWN) : List.of(PathSessions.OWN, RELAYED);
  }

  static Candidate[] remote(FuzzedDataProvider data) {
    Candidate[] remote = new Candidate[data.consumeInt(1, 12)];
    for (int i = 0; i < remote.length; i++) {
      remote[i] = candidate(data.pickValue(Kind.values()), data.consumeInt(1, 30));
    }
    return remote;
  }

  static TransportAddress address(FuzzedDataProvider data) {
    return candidate(Kind.HOST, data.consumeInt(1, 40)).address();
  }

  /** Up to a minute, mostly short. */
  static long pause(FuzzedDataProvider data) {
    return 1_000_000L * data.consumeInt(0, data.consumeBoolean() ? 60_000 : 400);
  }

  private static Candidate candidate(Kind kind, int number) {
    return PathSessions.candidate(kind, "80.0.0." + number, 4000);
  }
}
