package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.fuzz.Mutation;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalFormatException;
import io.bradawl.protocol.signal.SignalSamples;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.identity.Identity;
import io.bradawl.runtime.loop.ManualLoop;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Two peers and a rendezvous between them that loses, repeats, holds back, changes and invents what
 * they say. Every offer has one outcome, and both never hold a session that the other did not make.
 */
class SessionFuzzTest {

  /** Each handshake makes keys, and the JDK's X25519 large numbers. */
  private static final Bound BOUND = new Bound(1 << 26, 1 << 22);

  private static final Service SERVICE = new Service(Transport.TCP, 80);
  private static final PathEnd END =
      new PathEnd(
          4000,
          Security.ENCRYPTED,
          List.of(PathSessions.candidate(Candidate.Kind.HOST, "10.0.0.1", 4000)));

  private static final Identity ALICE = Identity.ephemeral(from(1));
  private static final Identity BOB = Identity.ephemeral(from(2));

  private final ManualLoop loop = new ManualLoop();
  private final List<SessionPeer> peers =
      List.of(
          new SessionPeer(loop, "alice", ALICE, from(3)),
          new SessionPeer(loop, "bob", BOB, from(4)));
  private final List<Signal.Indication> said = new ArrayList<>();
  private int offered;

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, data -> new SessionFuzzTest().run(data));
  }

  /** The same numbers in each run, so that an input replays. */
  private static SecureRandom from(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void run(FuzzedDataProvider data) {
    peers.forEach(peer -> peer.exposes(SERVICE));
    peers.forEach(peer -> peer.signalling.knows("alice", peers.get(0).id()));
    peers.forEach(peer -> peer.signalling.knows("bob", peers.get(1).id()));
    for (int steps = 0; data.remainingBytes() > 0 && steps < 60; steps++) {
      step(data.consumeInt(0, 1), data);
      hear();
    }
    loop.pass(TimeUnit.MINUTES.toNanos(2));
    assertThat(peers.stream().mapToInt(peer -> peer.agreed.size() + peer.failures.size()).sum())
        .as("outcomes of offers")
        .isEqualTo(offered);
  }

  private void step(int who, FuzzedDataProvider data) {
    SessionPeer peer = peers.get(who);
    switch (data.consumeInt(0, 7)) {
      case 0 -> {
        peer.offers(who == 0 ? "bob" : "alice", SERVICE, END);
        offered++;
      }
      case 1 -> loop.pass(TimeUnit.MILLISECONDS.toNanos(data.consumeInt(0, 3000)));
      case 2 -> {
        if (!peer.offers.isEmpty()) {
          peer.offers.remove(0).refuse(Signal.Reason.NOT_ALLOWED, "no");
        }
      }
      case 3 -> {
        if (!peer.offers.isEmpty()) {
          peer.answers(END);
        }
      }
      default -> arriving(data).ifPresent(peer.broker::received);
    }
    loop.drain();
  }

  private void hear() {
    for (SessionPeer peer : peers) {
      said.addAll(peer.signalling.sent);
      peer.signalling.sent.clear();
    }
    assertThat(said).as("signals").hasSizeLessThan(1000);
  }

  private Optional<Signal.Indication> arriving(FuzzedDataProvider data) {
    if (said.isEmpty() || data.consumeInt(0, 15) == 0) {
      Random random = new Random(data.consumeByte());
      return Optional.of(data.pickValue(SignalSamples.INDICATIONS).apply(random));
    }
    Signal.Indication genuine =
        data.consumeBoolean() ? said.get(said.size() - 1) : data.pickValue(said);
    return data.consumeInt(0, 7) == 0 ? changed(genuine, data) : Optional.of(genuine);
  }

  private static Optional<Signal.Indication> changed(
      Signal.Indication genuine, FuzzedDataProvider data) {
    byte[] wire = StunEncoder.encode(SignalCodec.encode(genuine, new TransactionId(1, 2))).array();
    try {
      return SignalCodec.decode(StunDecoder.decode(ByteBuffer.wrap(Mutation.of(wire, data))))
              instanceof Signal.Indication changed
          ? Optional.of(changed)
          : Optional.empty();
    } catch (WireFormatException | SignalFormatException e) {
      return Optional.empty();
    }
  }
}
