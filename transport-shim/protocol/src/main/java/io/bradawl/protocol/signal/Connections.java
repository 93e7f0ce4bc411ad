package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one registration: one in use, one being made in its place, and one that was
 * left and is listened to a little longer, because answers may be under way. Any may be missing.
 */
final class Connections {

  /** What a connection is there for. */
  enum Role {
    IN_USE,
    ATTEMPT,
    LEFT,
    /** It is one of the past. */
    NONE
  }

  private final Duration linger;
  private @Nullable ServerConnection inUse;
  private @Nullable ServerConnection attempt;
  private @Nullable ServerConnection left;
  private long leaveAt = Machine.NEVER;

  /**
   * @param linger how long one that was left is still listened to
   */
  Connections(Duration linger) {
    this.linger = linger;
  }

  /** Registered; everything goes over it. */
  @Nullable ServerConnection inUse() {
    return inUse;
  }

  /** Being made. */
  @Nullable ServerConnection attempt() {
    return attempt;
  }

  /** What requests and indications go over; {@code null} if they would not be heard. */
  @Nullable ServerConnection speaking() {
    if (inUse != null) {
      return inUse;
    }
    return attempt != null && attempt.isOpen() ? attempt : null;
  }

  /** Those that are to know what this side serves. */
  Stream<ServerConnection> current() {
    return Stream.of(inUse, attempt).flatMap(Stream::ofNullable);
  }

  /** The connection of that number, unless it is one of the past. */
  Stream<ServerConnection> standing(long number) {
    return all().filter(connection -> connection.number() == number);
  }

  /** Zero before the first measurement. */
  Duration rtt() {
    ServerConnection measured = inUse != null ? inUse : attempt;
    return measured == null ? Duration.ZERO : measured.rtt();
  }

  void attempt(ServerConnection begun) {
    attempt = begun;
  }

  /**
   * The attempt has succeeded.
   *
   * @return the one that was in use before, and is left now
   */
  @Nullable ServerConnection use(ServerConnection registered, long now) {
    ServerConnection before = inUse;
    attempt = null;
    inUse = registered;
    if (before != null) {
      closeLeft();
      left = before;
      leaveAt = now + linger.toNanos();
    }
    return before;
  }

  /** The connection has ended; returns what it was there for. */
  Role ended(ServerConnection connection) {
    if (connection == left) {
      left = null;
      leaveAt = Machine.NEVER;
      return Role.LEFT;
    } else if (connection == attempt) {
      attempt = null;
      return Role.ATTEMPT;
    } else if (connection == inUse) {
      inUse = null;
      return Role.IN_USE;
    }
    return Role.NONE;
  }

  void abandonAttempt() {
    if (attempt != null) {
      attempt.close();
      attempt = null;
    }
  }

  void closeAll() {
    all().forEach(ServerConnection::close);
    inUse = null;
    attempt = null;
    left = null;
    leaveAt = Machine.NEVER;
  }

  void tick(long now) {
    all().forEach(connection -> connection.tick(now));
    if (leaveAt <= now) {
      closeLeft();
    }
  }

  long nextTimeout() {
    return Math.min(
        leaveAt, all().mapToLong(ServerConnection::nextTimeout).min().orElse(Machine.NEVER));
  }

  private void closeLeft() {
    leaveAt = Machine.NEVER;
    if (left != null) {
      left.close();
      left = null;
    }
  }

  private Stream<ServerConnection> all() {
    return Stream.of(inUse, attempt, left).flatMap(Stream::ofNullable);
  }
}
