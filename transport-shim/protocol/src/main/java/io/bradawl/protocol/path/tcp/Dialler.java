package io.bradawl.protocol.path.tcp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Targets;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.path.tcp.PunchOutput.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Connects to all remote candidates at once, and again whenever {@link Pace} says so, within the
 * limits.
 */
final class Dialler {

  /** A peer has one relayed address, or one of each family. */
  static final int MAX_RELAYED = 2;

  private final List<Target> targets = new ArrayList<>();
  private final Pace pace;
  private final Consumer<PunchOutput> outputs;
  private int attempts;

  Dialler(PathSession session, RandomGenerator random, Consumer<PunchOutput> outputs) {
    this.pace = new Pace(session.role(), random, session.roundTrip());
    this.outputs = outputs;
    Targets.of(session.toward(candidate -> !isRelayed(candidate)), TcpPunch.MAX_TARGETS)
        .forEach(candidate -> add(candidate, Via.PORT, session.startAt()));
    RelayTiming timing = RelayTiming.of(session);
    for (Candidate candidate : Targets.of(session.toward(Dialler::isRelayed), MAX_RELAYED)) {
      add(candidate, Via.ANY_PORT, timing.dialAt());
      if (session.local().stream().anyMatch(Dialler::isRelayed)) {
        add(candidate, Via.RELAY, timing.connectAt());
      }
    }
  }

  private void add(Candidate candidate, Via via, long startAt) {
    targets.add(new Target(candidate, via, startAt));
  }

  private static boolean isRelayed(Candidate candidate) {
    return candidate.kind() == Candidate.Kind.RELAYED;
  }

  /** Each with what became of it. */
  List<Target> targets() {
    return targets;
  }

  void dialDue(long now) {
    for (Target target : targets) {
      if (target.isDue(now) && attempts < TcpPunch.MAX_ATTEMPTS) {
        dial(target, now);
      }
    }
  }

  long nextDue() {
    return attempts < TcpPunch.MAX_ATTEMPTS
        ? targets.stream().mapToLong(Target::nextDue).min().orElse(Machine.NEVER)
        : Machine.NEVER;
  }

  /** Who is being dialled under this name, if anyone still is. */
  @Nullable Target dialling(ConnectionId id) {
    return targets.stream().filter(t -> id.equals(t.dialling())).findFirst().orElse(null);
  }

  /**
   * What the punch port dials at this address, unless there is a connection to it already: more of
   * them, to other addresses of this host, count as those of strangers.
   */
  @Nullable Target at(TransportAddress remote) {
    return targets.stream()
        .filter(t -> t.via() == Via.PORT && t.address().equals(remote) && !t.isOccupied())
        .findFirst()
        .orElse(null);
  }

  /** Whether a direct connection may still come about where none did at once. */
  boolean isPromising() {
    return targets.stream().anyMatch(Target::isPromising);
  }

  /**
   * There is a connection to the address. If it was accepted, an own connect is void: it would have
   * the same ends.
   */
  void occupied(Target target, ConnectionId by) {
    if (!by.equals(target.dialling())) {
      hangUp(target);
    }
    target.occupied(by);
  }

  void failed(Target target, Cause cause, long now) {
    if (cause == Cause.REFUSED) {
      target.refuse();
    }
    target.retryAt(now + pace.retry(cause, target), cause.text());
  }

  void lost(Target target, long now) {
    target.retryAt(now + pace.afterLoss(target), "connected, then closed");
  }

  void silent(Target target, long now) {
    target.silentUntil(now + pace.afterLoss(target), "connected, but proved nothing");
  }

  /** Ends all that is in progress. */
  void stop() {
    targets.forEach(this::hangUp);
    targets.clear();
  }

  private void dial(Target target, long now) {
    hangUp(target);
    ConnectionId attempt = ConnectionId.dialled(attempts++);
    target.dial(attempt, now + pace.patience(target));
    outputs.accept(new PunchOutput.Open(attempt, target.address(), target.via()));
  }

  private void hangUp(Target target) {
    ConnectionId attempt = target.dialling();
    if (attempt != null) {
      outputs.accept(new PunchOutput.Close(attempt));
    }
  }
}
