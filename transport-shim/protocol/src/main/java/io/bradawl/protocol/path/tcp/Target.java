package io.bradawl.protocol.path.tcp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.tcp.PunchOutput.Via;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One remote candidate and a way to it: at most one connect at a time, since the local port is
 * always the same and two connections cannot share both ends.
 */
final class Target {

  /** How often an address may accept a connection and then prove nothing. */
  private static final int MAX_SILENCES = 2;

  private final Candidate candidate;
  private final Via via;
  private State state = State.WAITING;
  private @Nullable ConnectionId current;
  private long due;
  private int attempts;
  private int silences;
  private boolean refused;
  private String outcome = "not tried";

  Target(Candidate candidate, Via via, long startAt) {
    this.candidate = candidate;
    this.via = via;
    this.due = startAt;
  }

  TransportAddress address() {
    return candidate.address();
  }

  Candidate.Kind kind() {
    return candidate.kind();
  }

  Via via() {
    return via;
  }

  boolean isRelayed() {
    return kind() == Candidate.Kind.RELAYED;
  }

  /**
   * Whether somebody answers there who refuses: a NAT that may let a later SYN pass, unless it is
   * an address that means another host here.
   */
  boolean isPromising() {
    return refused && kind() != Candidate.Kind.HOST && !isRelayed();
  }

  void refuse() {
    refused = true;
  }

  int attempts() {
    return attempts;
  }

  /** The attempt in progress, if that is what the target is at. */
  @Nullable ConnectionId dialling() {
    return state == State.DIALLING ? current : null;
  }

  boolean isDue(long now) {
    return now >= nextDue();
  }

  long nextDue() {
    return state == State.WAITING || state == State.DIALLING ? due : Machine.NEVER;
  }

  void dial(ConnectionId attempt, long patienceUntil) {
    state = State.DIALLING;
    current = attempt;
    due = patienceUntil;
    attempts++;
    outcome = "timed out";
  }

  boolean isOccupied() {
    return state == State.CONNECTED;
  }

  /** A connection to the address exists, whoever opened it. */
  void occupied(ConnectionId connection) {
    state = State.CONNECTED;
    current = connection;
    outcome = "connected, not nominated";
  }

  void retryAt(long when, String why) {
    state = State.WAITING;
    current = null;
    due = when;
    outcome = why;
  }

  void silentUntil(long retryAt, String why) {
    retryAt(retryAt, why);
    if (++silences >= MAX_SILENCES) {
      giveUp(why);
    }
  }

  void giveUp(String why) {
    state = State.GIVEN_UP;
    current = null;
    outcome = why;
  }

  /** For the failure text: {@code host 10.0.0.2:40001 (refused, 12 attempts)}. */
  @Override
  public String toString() {
    String tries = attempts == 1 ? "1 attempt" : attempts + " attempts";
    String way = via == Via.RELAY ? " by the own relay" : "";
    return String.format(Locale.ROOT, "%s%s (%s, %s)", candidate, way, outcome, tries);
  }

  private enum State {
    WAITING,
    DIALLING,
    CONNECTED,
    GIVEN_UP
  }
}
