package io.bradawl.rendezvous.options;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the server says about itself. */
@Command(optionListHeading = "%nLogging:%n")
public final class LogOptions {

  @Option(
      names = "--log-level",
      paramLabel = "level",
      defaultValue = "info",
      description = "One of ${COMPLETION-CANDIDATES}; the log goes to standard error.")
  private LogLevel level = LogLevel.info;

  public LogLevel level() {
    return level;
  }
}
