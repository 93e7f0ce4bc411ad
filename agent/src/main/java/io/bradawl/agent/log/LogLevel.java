package io.bradawl.agent.log;

/** What {@code bradawl.log.level} can be, from silent to everything. */
public enum LogLevel {
  OFF,
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  /** Whether lines of {@code level} are written when this is the level set. */
  public boolean includes(LogLevel level) {
    return level != OFF && level.compareTo(this) <= 0;
  }
}
