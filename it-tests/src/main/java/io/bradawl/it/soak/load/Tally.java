package io.bradawl.it.soak.load;

import java.util.concurrent.TimeUnit;

/** What came of one workload. Prints every silence that is longer than it should be. */
final class Tally {
  private static final long NOTABLE_MILLIS = 1_000;

  private final String name;
  private final long intervalMillis;
  private long answers;
  private long octets;
  private long broken;
  private long duplicates;
  private long heardAt = now();

  /**
   * @param intervalMillis how long is between two answers when all is well
   */
  Tally(String name, long intervalMillis) {
    this.name = name;
    this.intervalMillis = intervalMillis;
  }

  /** The right answer came. */
  synchronized void answered(int length) {
    long now = now();
    long silence = now - heardAt - intervalMillis;
    if (answers > 0 && silence > NOTABLE_MILLIS) {
      System.out.println("silence " + name + " " + silence);
    }
    heardAt = now;
    answers++;
    octets += 2L * length;
  }

  /** A connection that had been made ended before its time. */
  synchronized void broken(Exception why) {
    broken++;
    System.out.println("broken " + name + " " + why);
  }

  /** A connection could not be made. */
  void failed(Exception why) {
    System.out.println("failed " + name + " " + why);
  }

  /** The network delivered an answer again. */
  synchronized void duplicate() {
    duplicates++;
  }

  void wrong(WrongOctets what) {
    System.out.println("WRONG at the client, " + name + ": " + what.getMessage());
  }

  /** Name, answers, octets, broken connections, duplicates, milliseconds since the last answer. */
  synchronized String line() {
    return name
        + " "
        + answers
        + " "
        + octets
        + " "
        + broken
        + " "
        + duplicates
        + " "
        + (now() - heardAt);
  }

  static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
