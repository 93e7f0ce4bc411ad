package io.bradawl.protocol.path;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.signal.SessionId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Ready-made sessions for tests. */
public final class PathSessions {

  public static final SessionId ID = new SessionId(0x0123456789abcdefL, 0x42L);
  public static final ProofKeys KEY = ProofKeys.of(nonce(1), nonce(2));
  public static final Candidate OWN = candidate(Kind.HOST, "10.0.0.1", 4000);
  public static final long START = 1_000_000_000L;

  private PathSessions() {}

  public static PathSession of(Role role, Candidate... remote) {
    return of(role, List.of(OWN), remote);
  }

  public static PathSession of(Role role, List<Candidate> local, Candidate... remote) {
    long deadline = START + PathSession.PATIENCE.toNanos();
    Duration roundTrip = Duration.ofMillis(40);
    return new PathSession(ID, role, KEY, local, List.of(remote), START, deadline, roundTrip);
  }

  public static Octets nonce(int first) {
    byte[] nonce = new byte[32];
    nonce[0] = (byte) first;
    return Octets.of(nonce);
  }

  public static Candidate candidate(Kind kind, String ip, int port) {
    return new Candidate(kind, address(ip, port));
  }

  public static TransportAddress address(String ip, int port) {
    try {
      return new TransportAddress(InetAddress.getByName(ip), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(ip + " is not a numeric address", e);
    }
  }
}
