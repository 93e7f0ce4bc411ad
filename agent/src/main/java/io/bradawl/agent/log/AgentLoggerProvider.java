package io.bradawl.agent.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Brings what the runtime and Netty log by SLF4J to the {@link AgentLog}. */
public final class AgentLoggerProvider implements SLF4JServiceProvider {

  private static final String API_VERSION = "2.0.99"; // any 2.0.x, as SLF4J's own providers say

  /** SLF4J constructs the provider itself, so what it needs has to lie here. */
  private static volatile AgentLog log = new AgentLog(LogLevel.INFO, System.err);

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter contexts = new NOPMDCAdapter();
  private @Nullable ILoggerFactory loggers;

  /** Says where lines go. To be called once, before the first logger is asked for. */
  public static void logTo(AgentLog sink) {
    log = sink;
  }

  @Override
  public void initialize() {
    Logger one = new AgentLogger(log);
    loggers = name -> one;
  }

  @Override
  public @Nullable ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contexts;
  }

  @Override
  public String getRequestedApiVersion() {
    return API_VERSION;
  }
}
