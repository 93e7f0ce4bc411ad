package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.UdpPath;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One path machine of a socket, driven as the runtime drives one, and what it has said. */
public final class UdpSession {

  private final World world;
  private final Proof proof;
  private final BiConsumer<Pair, Octets> sender;
  private final Runnable up;
  private final Set<Pair> sources = new HashSet<>();
  private final Clockwork<PathInput, PathOutput> clockwork;
  private @Nullable Pair way;
  private Candidate.@Nullable Kind kind;
  private @Nullable PathOutput end;
  private boolean decided;
  private long upAt;
  private int changes;
  private int sent;
  private int largest;

  /**
   * @param sender of what the machine wants sent
   * @param up is told when there is a path
   */
  public UdpSession(
      World world, PathSession session, BiConsumer<Pair, Octets> sender, Runnable up) {
    this.world = world;
    this.sender = sender;
    this.up = up;
    proof = session.proof();
    UdpPath path = new UdpPath(session, new Random(world.random().nextLong()));
    clockwork = new Clockwork<>(world, path, this::perform);
  }

  public @Nullable ProvenMessage verify(Octets octets) {
    return proof.verify(octets.asByteBuffer());
  }

  public void control(Pair from, ProvenMessage message) {
    clockwork.handle(new PathInput.Control(from, message));
  }

  public void handle(PathInput input) {
    clockwork.handle(input);
  }

  public void use() {
    handle(new PathInput.Activity(world.now()));
  }

  public void abandon() {
    handle(new PathInput.Abandon());
  }

  public boolean isSource(Pair pair) {
    return sources.contains(pair);
  }

  public boolean isDecided() {
    return decided;
  }

  public boolean waitsForTime() {
    return clockwork.waitsForTime();
  }

  public @Nullable Pair way() {
    return way;
  }

  public Candidate.@Nullable Kind kind() {
    return kind;
  }

  public long upAt() {
    return upAt;
  }

  /** How often the path has moved. */
  public int changes() {
    return changes;
  }

  /** The machine's last word, once it is over. */
  public @Nullable PathOutput end() {
    return end;
  }

  public int sent() {
    return sent;
  }

  /** In octets, of what the machine has sent. */
  public int largest() {
    return largest;
  }

  public @Nullable String failure() {
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
    } else if (output instanceof PathOutput.Up found) {
      upAt = world.now();
      use(found.pair(), found.kind());
      up.run();
    } else if (output instanceof PathOutput.Changed changed) {
      changes++;
      use(changed.pair(), changed.kind());
    } else if (output instanceof PathOutput.Down || output instanceof PathOutput.Failed) {
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
