package io.bradawl.protocol.turn;

/** Nanoseconds. */
final class Times {

  static final long SECOND = 1_000_000_000L;

  private Times() {}
}
