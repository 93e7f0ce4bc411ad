package io.bradawl.runtime.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.ProofKeys;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.UdpPath;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.path.LocalCandidates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Lets two machines meet in memory while the application is still starting. The first path in a JVM
 * loads some 300 classes and sets up its cryptography, which would otherwise be waited for by the
 * application's first datagram: 60 ms and more.
 */
final class Rehearsal {

  private final TransportAddress here = new TransportAddress(InetAddress.getLoopbackAddress(), 1);
  private final TransportAddress there = new TransportAddress(InetAddress.getLoopbackAddress(), 2);
  private final SessionId id;
  private final ProofKeys keys;

  private Rehearsal(RandomGenerator random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    this.keys = ProofKeys.of(Octets.of(key), Octets.of(key));
    this.id = new SessionId(random.nextLong(), random.nextLong());
  }

  static void of(RandomGenerator random) {
    Rehearsal rehearsal = new Rehearsal(random);
    PathSession offerer = rehearsal.session(Role.OFFERER);
    PathSession answerer = rehearsal.session(Role.ANSWERER);
    UdpPath one = new UdpPath(offerer, random);
    UdpPath other = new UdpPath(answerer, random);
    for (long now = 0;
        now < Duration.ofSeconds(1).toNanos();
        now += Duration.ofMillis(50).toNanos()) {
      one.tick(now);
      other.tick(now);
      rehearsal.deliver(one, rehearsal.here, other, answerer, now);
      rehearsal.deliver(other, rehearsal.there, one, offerer, now);
    }
    LocalCandidates.of(new InetSocketAddress(0).getAddress(), 0, true, null);
  }

  private void deliver(
      UdpPath from, TransportAddress source, UdpPath to, PathSession by, long now) {
    for (PathOutput output = from.poll(); output != null; output = from.poll()) {
      ProvenMessage message =
          output instanceof PathOutput.Send send
              ? by.proof().verify(send.message().asByteBuffer())
              : null;
      if (message != null) {
        to.handle(new PathInput.Control(source, message), now);
      }
    }
  }

  private PathSession session(Role role) {
    List<Candidate> candidates =
        List.of(new Candidate(Candidate.Kind.HOST, role == Role.OFFERER ? there : here));
    return new PathSession(
        id, role, keys, candidates, candidates, 0, PathSession.PATIENCE.toNanos(), Duration.ZERO);
  }
}
