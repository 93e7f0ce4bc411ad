package io.bradawl.agent.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** The one logger: lines are told apart by what they say, not by the class that said it. */
final class AgentLogger extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  private final transient AgentLog log;

  AgentLogger(AgentLog log) {
    this.log = log;
    this.name = "bradawl";
  }

  @Override
  public boolean isTraceEnabled() {
    return log.isEnabled(LogLevel.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isEnabled(LogLevel.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return log.isEnabled(LogLevel.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return log.isEnabled(LogLevel.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return log.isEnabled(LogLevel.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    String message =
        MessageFormatter.basicArrayFormat(pattern, arguments == null ? new Object[0] : arguments);
    log.write(LogLevel.valueOf(level.name()), message, cause);
  }
}
