package io.bradawl.it.matrix;

import java.util.OptionalInt;

/**
 * What became of one protocol in one situation.
 *
 * @param connected whether data came back at all
 * @param direct whether the last of it went directly, by the counters of the server's kernel
 * @param firstRound milliseconds from the application's first call to the first octet back, in a
 *     process that has not met the peer before
 * @param firstByte the median of the following rounds, each with a new socket
 * @param firstDirect the median of these rounds until an echo came back too soon for a relay
 */
record Outcome(
    boolean connected,
    boolean direct,
    OptionalInt firstRound,
    OptionalInt firstByte,
    OptionalInt firstDirect) {

  static final Outcome FAILED =
      new Outcome(false, false, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  String kind() {
    if (!connected) {
      return "NONE";
    }
    return direct ? "direct" : "relayed";
  }

  /** {@code direct 64/64 (first 180)}: median first byte and first direct byte, first round. */
  @Override
  public String toString() {
    if (!connected) {
      return "not connected";
    }
    return "%s %s/%s (first %s)"
        .formatted(kind(), text(firstByte), text(firstDirect), text(firstRound));
  }

  private static String text(OptionalInt millis) {
    return millis.isPresent() ? String.valueOf(millis.getAsInt()) : "-";
  }
}
