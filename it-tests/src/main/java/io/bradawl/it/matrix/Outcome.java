package io.bradawl.it.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern ROUND = Pattern.compile("round first=(\\S+) direct=(\\S+)");

  /** Of TCP and of UDP. */
  record Both(Outcome tcp, Outcome udp) {
    static final Both FAILED = new Both(Outcome.FAILED, Outcome.FAILED);
  }

  /**
   * Reads what a {@link io.bradawl.it.probe.Journey} has printed.
   *
   * @param whole whether the volume came back
   */
  static Outcome of(List<String> lines, boolean whole, boolean direct) {
    List<Matcher> rounds = lines.stream().map(ROUND::matcher).filter(Matcher::find).toList();
    List<Matcher> later = rounds.subList(1, rounds.size());
    return new Outcome(
        whole, direct, millis(rounds.get(0).group(1)), median(later, 1), median(later, 2));
  }

  private static OptionalInt median(List<Matcher> rounds, int group) {
    int[] known =
        rounds.stream()
            .map(round -> millis(round.group(group)))
            .flatMapToInt(OptionalInt::stream)
            .toArray();
    Arrays.sort(known);
    boolean most = known.length * 2 > rounds.size();
    return most ? OptionalInt.of(known[known.length / 2]) : OptionalInt.empty();
  }

  private static OptionalInt millis(String text) {
    return text.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  /** {@code direct 64/64 (180)}: median first byte and first direct byte, first round. */
  @Override
  public String toString() {
    if (!connected) {
      return "not connected";
    }
    return "%s %s/%s (%s)"
        .formatted(
            direct ? "direct" : "relayed", text(firstByte), text(firstDirect), text(firstRound));
  }

  /** The number, or a dash. */
  static String text(OptionalInt millis) {
    return millis.isPresent() ? String.valueOf(millis.getAsInt()) : "-";
  }
}
