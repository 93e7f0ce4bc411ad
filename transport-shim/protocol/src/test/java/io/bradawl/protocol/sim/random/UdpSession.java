package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.UdpPath;
import io.bradawl.protocol.sim.Clockwork;
import io.bradawl.protocol.sim.World;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One path machine of a socket, and what it has said. */
final class UdpSession {

  private final World world;
  private final Proof proof;
  private final BiConsumer<Pair, Octets> sender;
  private final Set<Pair> sources = new HashSet<>();
  private final Clockwork<PathInput, PathOutput> clockwork;
  private @Nullable Pair way;
  private Candidate.@Nullable Kind kind;
  private @Nullable PathOutput end;
  private boolean decided;
  private long upAt;
  private int sent;
  private int largest;

  UdpSession(World world, PathSession session, BiConsumer<Pair, Octets> sender) {
    this.world = world;
    this.sender = sender;
    proof = session.proof();
    UdpPath path = new UdpPath(session, new Random(world.random().nextLong()));
    clockwork = new Clockwork<>(world, path, this::perform);
  }

  @Nullable ProvenMessage verify(Octets octets) {
    return proof.verify(octets.asByteBuffer());
  }

  void control(Pair from, ProvenMessage message) {
    clockwork.handle(new PathInput.Control(from, message));
  }

  void use() {
    clockwork.handle(new PathInput.Activity(world.now()));
  }

  void abandon() {
    clockwork.handle(new PathInput.Abandon());
  }

  boolean isSource(Pair pair) {
    return sources.contains(pair);
  }

  boolean isDecided() {
    return decided;
  }

  boolean waitsForTime() {
    return clockwork.waitsForTime();
  }

  @Nullable Pair way() {
    return way;
  }

  Candidate.@Nullable Kind kind() {
    return kind;
  }

  long upAt() {
    return upAt;
  }

  int sent() {
    return sent;
  }

  /** In octets, of what the machine has sent. */
  int largest() {
    return largest;
  }

  @Nullable String failure() {
    if (end instanceof PathOutput.Failed failed) {
      return failed.text();
    }
    return end instanceof PathOutput.Down down ? down.text() : null;
  }

  private void perform(PathOutput output) {
    if (output instanceof PathOutput.Send send) {
      sent++;
      largest = Math.max(largest, send.message().length());
      sender.accept(send.to(), send.message());
    } else if (output instanceof PathOutput.SourceProven source) {
      sources.add(source.pair());
    } else if (output instanceof PathOutput.Up up) {
      upAt = world.now();
      use(up.pair(), up.kind());
    } else if (output instanceof PathOutput.Changed changed) {
      use(changed.pair(), changed.kind());
    } else {
      end = output;
      decided = true;
      way = null;
      kind = null;
    }
  }

  private void use(Pair pair, Candidate.Kind candidateKind) {
    decided = true;
    way = pair;
    kind = candidateKind;
  }
}
