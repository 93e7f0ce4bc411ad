package io.bradawl.rendezvous;

/** How much is logged; the names that SLF4J's simple logger knows. */
enum LogLevel {
  error,
  warn,
  info,
  debug,
  trace;

  /** Sets the logger up. Must come before the first logger is made. */
  void apply() {
    String prefix = "org.slf4j.simpleLogger.";
    System.setProperty(prefix + "defaultLogLevel", name());
    System.setProperty(prefix + "log.io.netty", this == trace ? "debug" : "warn");
    System.setProperty(prefix + "showDateTime", "true");
    System.setProperty(prefix + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    System.setProperty(prefix + "showThreadName", "false");
    System.setProperty(prefix + "showShortLogName", "true");
  }
}
