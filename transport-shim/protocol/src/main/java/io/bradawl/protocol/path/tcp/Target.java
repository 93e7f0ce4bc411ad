package io.bradawl.protocol.path.tcp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One remote candidate: at most one connect at a time, since the local port is always the same and
 * two connections cannot share both ends.
 */
final class Target {

  /** How often an address may accept a connection and then prove nothing. */
  private static final int MAX_SILENCES = 2;

  private final Candidate candidate;
  private State state = State.WAITING;
  private @Nullable ConnectionId current;
  private long due;
  private int attempts;
  private int silences;
  private String outcome = "not tried";

  Target(Candidate candidate, long startAt) {
    this.candidate = candidate;
    this.due = startAt;
  }

  TransportAddress address() {
    return candidate.address();
  }

  Candidate.Kind kind() {
    return candidate.kind();
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
    return String.format(Locale.ROOT, "%s (%s, %s)", candidate, outcome, tries);
  }

  private enum State {
    WAITING,
    DIALLING,
    CONNECTED,
    GIVEN_UP
  }
}
