package io.bradawl.agent.log;

/**
 * ISO 8601 in UTC by arithmetic: the formatters of {@code java.time} would add tens of milliseconds
 * to the start of the JVM.
 */
final class Timestamp {

  private static final long MILLIS_PER_DAY = 86_400_000;

  private Timestamp() {}

  /** Appends {@code 2026-11-21T10:00:00.123Z}. */
  static void append(StringBuilder line, long epochMillis) {
    date(line, Math.floorDiv(epochMillis, MILLIS_PER_DAY));
    int time = (int) Math.floorMod(epochMillis, MILLIS_PER_DAY);
    padded(line.append('T'), time / 3_600_000, 2);
    padded(line.append(':'), time / 60_000 % 60, 2);
    padded(line.append(':'), time / 1_000 % 60, 2);
    padded(line.append('.'), time % 1_000, 3);
    line.append('Z');
  }

  /** Days since 1970 to a date of the Gregorian calendar, whose year is taken to begin in March. */
  private static void date(StringBuilder line, long epochDay) {
    long day = epochDay + 719_468;
    long era = Math.floorDiv(day, 146_097L);
    int dayOfEra = (int) Math.floorMod(day, 146_097L);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    padded(line, (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0), 4);
    padded(line.append('-'), month, 2);
    padded(line.append('-'), dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
  }

  private static void padded(StringBuilder line, int number, int digits) {
    String text = Integer.toString(number);
    for (int i = text.length(); i < digits; i++) {
      line.append('0');
    }
    line.append(text);
  }
}
