package io.bradawl.agent.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the agent's log lines: {@code 2026-11-21T10:00:00.123Z INFO bradawl path up ...}. Used
 * directly while the JVM starts, and by way of SLF4J in the runtime.
 */
public final class AgentLog {

  private static final String NEWLINE = System.lineSeparator();

  private final LogLevel level;
  private final PrintStream sink;

  public AgentLog(LogLevel level, PrintStream sink) {
    this.level = level;
    this.sink = sink;
  }

  public boolean isEnabled(LogLevel of) {
    return level.includes(of);
  }

  public void info(String message) {
    write(LogLevel.INFO, message, null);
  }

  public void warn(String message) {
    write(LogLevel.WARN, message, null);
  }

  public void error(String message, @Nullable Throwable cause) {
    write(LogLevel.ERROR, message, cause);
  }

  /** Writes one line, and the stack trace of {@code cause} after it. */
  public void write(LogLevel of, String message, @Nullable Throwable cause) {
    if (!isEnabled(of)) {
      return;
    }
    StringBuilder line = new StringBuilder(120);
    Timestamp.append(line, System.currentTimeMillis());
    line.append(' ').append(of).append(of.name().length() == 4 ? "  " : " ");
    line.append("bradawl  ").append(message).append(NEWLINE);
    if (cause != null) {
      line.append(stackTrace(cause));
    }
    byte[] octets = line.toString().getBytes(StandardCharsets.UTF_8);
    sink.write(octets, 0, octets.length); // one call, so that lines of several threads do not mix
    sink.flush();
  }

  private static String stackTrace(Throwable cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
