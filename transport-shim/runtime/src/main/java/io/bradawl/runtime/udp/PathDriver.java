package io.bradawl.runtime.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.UdpPath;
import io.bradawl.protocol.seal.DatagramSealer;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.runtime.loop.DriverLoop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs one {@link UdpPath} machine. On the driver loop, except for what says otherwise. */
final class PathDriver {

  /** Performs what the machine wants done. */
  interface Performer {
    void send(PathOutput.Send what);

    void proven(PathDriver path, Pair pair);

    /** How datagrams go that way. */
    Way way(Pair pair, DatagramSecurity security);

    /** Both for the first path and for a better one. */
    void use(PathDriver path, Way way, Pair pair, Candidate.Kind kind, boolean first);

    /** The same pair, but by another relay. */
    void redirect(PathDriver path, Way way);

    /**
     * The path by that pair does not seem to get through; comes again and again while it does not.
     */
    void ails(PathDriver path, Pair pair, UdpPath.Health health);

    /** A datagram has come along with a check. */
    void arrived(PathDriver path, Octets sealed);

    /** The application has used the path of late. */
    void used(PathDriver path);

    void over(PathDriver path, PathOutput.Reason reason, String text, boolean wasUp);
  }

  private static final Comparator<SessionId> BY_ID =
      Comparator.comparingLong(SessionId::high).thenComparingLong(SessionId::low);

  private static final int LONGEST_EARLY = Proof.MAX_DATA - DatagramSealer.OVERHEAD;

  final Route route;
  final SessionId id;

  /** When the application asked for the path, or the other peer did. */
  final long askedAt;

  private final DatagramSecurity security;
  private final RandomGenerator random;
  private final List<Pair> proven = new ArrayList<>();
  private final Proof proof;
  private final UdpPath machine;
  private final DriverLoop loop;
  private final Performer performer;
  private int usesSeen;
  private boolean takesAlong;

  /** The other peer's attempt at the same path, or ours, if both have asked for it at once. */
  private @Nullable PathDriver rival;

  private @Nullable Pair pair;
  private Candidate.@Nullable Kind kind;
  private volatile @Nullable Way way;
  private DriverLoop.@Nullable Timer timer;

  PathDriver(
      Route route,
      PathSession session,
      DatagramSecurity security,
      long askedAt,
      RandomGenerator random,
      DriverLoop loop,
      Performer performer) {
    this.route = route;
    this.id = session.id();
    this.security = security;
    this.askedAt = askedAt;
    this.random = random;
    this.proof = session.proof();
    this.machine = new UdpPath(session, random);
    this.loop = loop;
    this.performer = performer;
  }

  /** Thread-safe. */
  Proof proof() {
    return proof;
  }

  /** Thread-safe. */
  DatagramSecurity security() {
    return security;
  }

  /** Thread-safe. */
  boolean isUp() {
    return way != null;
  }

  /** {@code other} was under way at the same time, to the same end. */
  void contest(PathDriver other) {
    rival = other;
    other.rival = this;
  }

  /**
   * Whether the path in use has come of the same moment and is the one that the other peer will
   * choose, too. Otherwise each side could send on another one, take the one that it does not use
   * for idle, and by ending it take the other side's path away.
   */
  boolean isOutranked() {
    PathDriver other = rival;
    return other != null && route.current == other && BY_ID.compare(id, other.id) < 0;
  }

  /** The addresses from which the other peer has proved to send to that base. */
  List<TransportAddress> proven(Pair.Base base) {
    return proven.stream().filter(pair -> pair.base() == base).map(Pair::remote).toList();
  }

  /** Tells the other side that the path ends, if there is one. Thread-safe. */
  void bidFarewell(AppDatagramSocket socket) {
    Way last = way;
    if (last != null) {
      ByteBuffer farewell = proof.farewell(TransactionId.draw(random)).asByteBuffer();
      last.sendLast(farewell, socket);
    }
  }

  /** What arrives of the path from now on is lost. */
  void forgetKeys() {
    security.close();
    proof.end();
  }

  /** Whether datagrams leave from this side's relayed address. */
  boolean usesOwnRelay() {
    return pair != null && pair.isRelayed();
  }

  /**
   * The relay that datagrams leave by is another one now. Data that came from there before the
   * other side has seen a check would be a stranger's.
   */
  void relayChanged() {
    if (usesOwnRelay() && isUp()) {
      redirect(new NoWay());
      handle(new PathInput.Rerouted());
    }
  }

  private void redirect(Way now) {
    way = now;
    performer.redirect(this, now);
  }

  /** Whether a relay is on the way. */
  boolean isRelayed() {
    return kind == Candidate.Kind.RELAYED;
  }

  /** Of what kind it is now; {@code null} before it is up. */
  Candidate.@Nullable Kind kind() {
    return kind;
  }

  void is(Candidate.Kind now) {
    kind = now;
  }

  /** Where it leads, {@code null} if it is not up. */
  @Nullable Pair pair() {
    return pair;
  }

  /** How, {@code null} if it is not up. Thread-safe. */
  @Nullable Way way() {
    return way;
  }

  boolean isOver() {
    return machine.isOver();
  }

  void start() {
    disarm();
    tick();
  }

  /**
   * Lets the first datagram that waits go along with the checks. Only once, and only sealed: nobody
   * has yet proved to be where they go.
   */
  void takeAlong() {
    ByteBuffer first =
        takesAlong || isUp() || !security.isSealing() ? null : route.takeFirst(LONGEST_EARLY);
    if (first == null) {
      return;
    }
    ByteBuffer sealed = ByteBuffer.allocate(first.remaining() + UdpSocket.SEAL_ROOM);
    if (security.seal(first, sealed)) {
      takesAlong = true;
      handle(new PathInput.Early(Octets.copyOf(sealed.flip())));
    }
  }

  void control(Pair from, ProvenMessage message) {
    handle(new PathInput.Control(from, message));
    Octets along = message.data();
    if (along != null && !machine.isOver()) {
      performer.arrived(this, along);
    }
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
    boolean used = route.uses() != usesSeen && route.current == this;
    if (used) {
      usesSeen = route.uses();
      machine.handle(new PathInput.Activity(now), now);
    }
    machine.tick(now);
    drain();
    UdpPath.Health health = machine.health(now);
    Pair present = pair;
    if (present != null && health != UdpPath.Health.WELL) {
      performer.ails(this, present, health);
    }
    if (used) {
      performer.used(this);
    }
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
      proven.add(source.pair());
      performer.proven(this, source.pair());
    } else if (output instanceof PathOutput.Up found) {
      performer.use(this, lead(found.pair()), found.pair(), found.kind(), true);
    } else if (output instanceof PathOutput.Changed better) {
      performer.use(this, lead(better.pair()), better.pair(), better.kind(), false);
    } else if (output instanceof PathOutput.Reached reached) {
      redirect(performer.way(reached.pair(), security));
    } else if (output instanceof PathOutput.Down down) {
      way = null;
      performer.over(this, down.reason(), down.text(), true);
    } else if (output instanceof PathOutput.Failed failed) {
      performer.over(this, failed.reason(), failed.text(), false);
    }
  }

  private Way lead(Pair found) {
    pair = found;
    Way leading = performer.way(found, security);
    way = leading;
    return leading;
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void arm() {
    disarm();
    long next = machine.nextTimeout();
    if (!machine.isOver() && next != UdpPath.NEVER) {
      timer = loop.at(next, this::tick);
    }
  }
}
