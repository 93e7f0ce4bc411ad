package io.bradawl.protocol.path.tcp;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.FailureText;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.path.tcp.PunchOutput.Reason;
import io.bradawl.protocol.stun.TransactionId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds one TCP connection between two peers: parallel hole punching after Ford, Srisuresh and
 * Kegel, "Peer-to-Peer Communication Across Network Address Translators" (2005), section 4.2.
 *
 * <p>Each side connects from its punch port to all addresses of the other at once, accepts on the
 * same port, and tries again while NATs in between refuse. Whichever connections come about, by
 * connect, accept or simultaneous open, both sides at once write a proof on each. The offerer
 * nominates the direct connection that is proven first, whatever its kind: being first it has the
 * shortest way, and waiting for another would cost more than it could gain. Having written the
 * nomination it hands the connection over; the answerer does so when it reads the nomination. All
 * others are closed.
 *
 * <p>Connections over a relay (RFC 6062) are tried a little later, proven like all others, and
 * nominated when {@link RelayTiming} holds a direct one for unlikely.
 *
 * <p>A connection that proves something else belongs to a wrong host that happens to have the same
 * private address; it is closed and the address is left alone. One that proves nothing is closed
 * after {@value #PROOF_SECONDS} s.
 */
public final class TcpPunch implements Machine<PunchInput, PunchOutput> {

  /** A framed control message is never longer than this; a driver need not buffer more. */
  public static final int MAX_MESSAGE_LENGTH = Proof.MAX_MESSAGE_LENGTH;

  /** Remote candidates that are tried; each has at most one connect or connection at a time. */
  public static final int MAX_TARGETS = 16;

  /**
   * Accepted connections from addresses that the peer has not told that may be undecided at a time;
   * more are closed at once. They cannot crowd out one from an address that it has told.
   */
  public static final int MAX_ACCEPTED = 8;

  /** Connects in progress and connections undecided, both directions and relays together. */
  public static final int MAX_CONNECTIONS = MAX_TARGETS + 2 * Dialler.MAX_RELAYED + MAX_ACCEPTED;

  /** Connects over the whole punch. */
  public static final int MAX_ATTEMPTS = 400;

  private static final int PROOF_SECONDS = 3;
  private static final long PROOF_PATIENCE = SECONDS.toNanos(PROOF_SECONDS);

  private final PathSession session;
  private final Proof proof;
  private final RandomGenerator random;
  private final Dialler dialler;
  private final RelayTiming relays;
  private final Map<ConnectionId, Connection> connections = new LinkedHashMap<>();
  private final Queue<PunchOutput> outputs = new ArrayDeque<>();
  private boolean over;

  /**
   * Nothing happens before {@link PathSession#startAt}, except that connections are accepted.
   *
   * @param random draws transaction ids and jitter; a {@code SecureRandom} outside simulations
   */
  public TcpPunch(PathSession session, RandomGenerator random) {
    this.session = session;
    this.proof = session.proof();
    this.random = random;
    this.dialler = new Dialler(session, random, outputs::add);
    this.relays = RelayTiming.of(session);
  }

  @Override
  public void handle(PunchInput input, long now) {
    input.applyTo(this, now);
  }

  @Override
  public void tick(long now) {
    if (over) {
      return;
    }
    if (now >= session.deadline()) {
      fail(Reason.NO_PATH, FailureText.noPath("TCP", session, dialler.targets()));
      return;
    }
    nominateRelayedIfDue(now);
    if (over) {
      return;
    }
    List.copyOf(connections.values()).forEach(connection -> closeIfSilent(connection, now));
    dialler.dialDue(now);
  }

  @Override
  public @Nullable PunchOutput poll() {
    return outputs.poll();
  }

  @Override
  public long nextTimeout() {
    if (over) {
      return NEVER;
    }
    long next = Math.min(session.deadline(), dialler.nextDue());
    for (Connection connection : connections.values()) {
      next = Math.min(next, isWaitingRelay(connection) ? relaysDue() : connection.proofDue());
    }
    return next;
  }

  /** Whether the outcome is decided; afterwards only stragglers are closed. */
  public boolean isOver() {
    return over;
  }

  void connected(ConnectionId id, long now) {
    Target target = dialler.dialling(id);
    if (over || target == null) {
      outputs.add(new PunchOutput.Close(id));
    } else {
      begin(id, target.address(), target, now);
    }
  }

  void connectFailed(ConnectionId id, Cause cause, long now) {
    Target target = dialler.dialling(id);
    if (target != null) {
      dialler.failed(target, cause, now);
    }
  }

  void accepted(ConnectionId id, TransportAddress remote, long now) {
    takeIn(id, remote, dialler.at(remote), now);
  }

  /** Whatever this side dials, it is not this connection, which begins at the relay. */
  void relayed(ConnectionId id, TransportAddress remote, long now) {
    takeIn(id, remote, null, now);
  }

  private void takeIn(ConnectionId id, TransportAddress remote, @Nullable Target target, long now) {
    if (over || target == null && strangers() >= MAX_ACCEPTED) {
      outputs.add(new PunchOutput.Close(id));
    } else {
      begin(id, remote, target, now);
    }
  }

  void message(ConnectionId id, Octets octets, long now) {
    Connection connection = connections.get(id);
    if (over || connection == null) {
      return;
    }
    ProvenMessage message = proof.verify(octets.asByteBuffer());
    if (message == null) {
      closeWrongHost(connection);
    } else if (session.role() == Role.ANSWERER && message.nominates()) {
      handOver(connection);
    } else {
      connection.prove();
      choose(connection, now);
    }
  }

  private void choose(Connection proven, long now) {
    boolean good = !proven.isRelayed() || now >= relaysDue();
    if (session.role() == Role.OFFERER && good) {
      outputs.add(
          new PunchOutput.Write(proven.id(), proof.indication(TransactionId.draw(random), true)));
      handOver(proven);
    }
  }

  private void nominateRelayedIfDue(long now) {
    connections.values().stream()
        .filter(this::isWaitingRelay)
        .findFirst()
        .ifPresent(connection -> choose(connection, now));
  }

  private boolean isWaitingRelay(Connection connection) {
    return session.role() == Role.OFFERER && connection.isProven() && connection.isRelayed();
  }

  private long relaysDue() {
    return relays.nominateAt(dialler.isPromising());
  }

  void closed(ConnectionId id, long now) {
    Connection connection = connections.remove(id);
    if (connection != null && connection.target() != null) {
      dialler.lost(connection.target(), now);
    }
  }

  void abandon() {
    if (!over) {
      fail(Reason.ABANDONED, "the punch was abandoned");
    }
  }

  private long strangers() {
    return connections.values().stream().filter(each -> each.target() == null).count();
  }

  private void begin(ConnectionId id, TransportAddress remote, @Nullable Target target, long now) {
    if (target != null) {
      dialler.occupied(target, id);
    }
    connections.put(id, new Connection(id, remote, target, now + PROOF_PATIENCE));
    outputs.add(new PunchOutput.Write(id, proof.indication(TransactionId.draw(random), false)));
  }

  private void closeIfSilent(Connection connection, long now) {
    if (now < connection.proofDue()) {
      return;
    }
    drop(connection);
    if (connection.target() != null) {
      dialler.silent(connection.target(), now);
    }
  }

  private void closeWrongHost(Connection connection) {
    drop(connection);
    if (connection.target() != null) {
      connection.target().giveUp("another host answered");
    }
  }

  private void drop(Connection connection) {
    connections.remove(connection.id());
    outputs.add(new PunchOutput.Close(connection.id()));
  }

  private void handOver(Connection winner) {
    connections.remove(winner.id());
    outputs.add(new PunchOutput.HandOver(winner.id(), winner.remote(), winner.kind()));
    end();
  }

  private void fail(Reason reason, String text) {
    end();
    outputs.add(new PunchOutput.Failed(reason, text));
  }

  private void end() {
    over = true;
    connections.keySet().forEach(id -> outputs.add(new PunchOutput.Close(id)));
    connections.clear();
    dialler.stop();
  }
}
