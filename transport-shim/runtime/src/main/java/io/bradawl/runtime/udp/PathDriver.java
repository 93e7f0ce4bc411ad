package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.UdpPath;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.loop.DriverLoop;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs one {@link UdpPath} machine. On the driver loop, except for what says otherwise. */
final class PathDriver {

  /** Performs what the machine wants done. */
  interface Performer {
    void send(PathOutput.Send what);

    void proven(PathDriver path, TransportAddress remote);

    /** Both for the first path and for a better one. */
    void use(PathDriver path, TransportAddress remote, Candidate.Kind kind, boolean first);

    void over(PathDriver path, PathOutput.Reason reason, String text, boolean wasUp);
  }

  final Route route;
  final SessionId id;

  /** When the application asked for the path, or the other peer did. */
  final long askedAt;

  private final Proof proof;
  private final UdpPath machine;
  private final DriverLoop loop;
  private final Performer performer;
  private int usesSeen;
  private boolean up;
  private DriverLoop.@Nullable Timer timer;

  PathDriver(
      Route route,
      PathSession session,
      long askedAt,
      RandomGenerator random,
      DriverLoop loop,
      Performer performer) {
    this.route = route;
    this.id = session.id();
    this.askedAt = askedAt;
    this.proof = session.proof();
    this.machine = new UdpPath(session, random);
    this.loop = loop;
    this.performer = performer;
  }

  /** Thread-safe. */
  Proof proof() {
    return proof;
  }

  boolean isUp() {
    return up;
  }

  boolean isOver() {
    return machine.isOver();
  }

  void start() {
    tick();
  }

  void control(TransportAddress from, ProvenMessage message) {
    handle(new PathInput.Control(from, message));
  }

  void abandon() {
    handle(new PathInput.Abandon());
  }

  private void handle(PathInput input) {
    if (!machine.isOver()) {
      machine.handle(input, loop.now());
      drain();
    }
  }

  private void tick() {
    timer = null;
    long now = loop.now();
    if (route.uses() != usesSeen && route.current == this) {
      usesSeen = route.uses();
      machine.handle(new PathInput.Activity(now), now);
    }
    machine.tick(now);
    drain();
  }

  private void drain() {
    for (PathOutput output = machine.poll(); output != null; output = machine.poll()) {
      perform(output);
    }
    arm();
  }

  private void perform(PathOutput output) {
    if (output instanceof PathOutput.Send send) {
      performer.send(send);
    } else if (output instanceof PathOutput.SourceProven source) {
      performer.proven(this, source.remote());
    } else if (output instanceof PathOutput.Up found) {
      up = true;
      performer.use(this, found.remote(), found.kind(), true);
    } else if (output instanceof PathOutput.Changed better) {
      performer.use(this, better.remote(), better.kind(), false);
    } else if (output instanceof PathOutput.Down down) {
      up = false;
      performer.over(this, down.reason(), down.text(), true);
    } else if (output instanceof PathOutput.Failed failed) {
      performer.over(this, failed.reason(), failed.text(), false);
    }
  }

  private void arm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    long next = machine.nextTimeout();
    if (!machine.isOver() && next != UdpPath.NEVER) {
      timer = loop.at(next, this::tick);
    }
  }
}
