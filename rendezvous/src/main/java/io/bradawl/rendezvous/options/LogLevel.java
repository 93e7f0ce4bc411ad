package io.bradawl.rendezvous.options;

/** How much is logged; the names that SLF4J's simple logger knows. */
public enum LogLevel {
  error,
  warn,
  info,
  debug,
  trace;

  /** Sets the logger up. Must come before the first logger is made. */
  public void apply() {
    String prefix = "org.slf4j.simpleLogger.";
    System.setProperty(prefix + "defaultLogLevel", name());
    System.setProperty(prefix + "log.io.netty", this == trace ? "debug" : "warn");
    // It tells of each attempt to reach Redis again; that there is none, the server says itself.
    System.setProperty(prefix + "log.io.lettuce", this == trace ? "debug" : "error");
    System.setProperty(prefix + "showDateTime", "true");
    System.setProperty(prefix + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    System.setProperty(prefix + "showThreadName", "false");
    System.setProperty(prefix + "showShortLogName", "true");
  }
}
