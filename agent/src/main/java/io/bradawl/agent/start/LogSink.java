package io.bradawl.agent.start;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.log.AgentLog;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Opens the log that the configuration asks for. */
final class LogSink {

  private LogSink() {}

  /**
   * Appends to the file, or writes to standard error as it is now: the application may replace it
   * later.
   */
  static AgentLog open(AgentConfig config) {
    Path file = config.logFile();
    if (file == null) {
      return new AgentLog(config.logLevel(), System.err);
    }
    try {
      return new AgentLog(
          config.logLevel(), new PrintStream(new FileOutputStream(file.toFile(), true)));
    } catch (IOException e) {
      AgentLog log = new AgentLog(config.logLevel(), System.err);
      log.warn(
          "bradawl.log.file=" + file + " cannot be written (" + e + "); logging to standard error");
      return log;
    }
  }
}
