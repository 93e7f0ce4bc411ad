package io.bradawl.agent.start;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.config.ConfigException;
import io.bradawl.agent.config.Key;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.log.LogLevel;
import io.bradawl.agent.weave.Bridge;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;

/**
 * The agent's start, on the application's main thread before {@code main}. Everything here counts
 * as start-up time, so Netty, SLF4J and {@code java.util.logging} stay unloaded, no name is
 * resolved, and there are no lambdas: the first one alone would cost the JVM some ten milliseconds.
 */
public final class AgentStart implements BiConsumer<String, Instrumentation> {

  private static final int EXIT_CONFIG = 78; // EX_CONFIG of sysexits.h

  @Override
  public void accept(String arguments, Instrumentation instrumentation) {
    try {
      AgentConfig config = AgentConfig.read(arguments, System.getProperties(), System.getenv());
      forgetSecret();
      if (config != null) {
        start(config, instrumentation, open(config));
      }
    } catch (ConfigException e) {
      forgetSecret();
      refuse(e);
    }
  }

  /** The application, and whoever it shows its properties to, have no use for it. */
  private static void forgetSecret() {
    System.clearProperty(Key.SECRET.property());
  }

  private static AgentLog open(AgentConfig config) {
    AgentLog log = LogSink.open(config);
    for (String warning : config.warnings()) {
      log.warn(warning);
    }
    return log;
  }

  private static void refuse(ConfigException e) {
    AgentLog log = new AgentLog(LogLevel.INFO, System.err);
    if (e.exits()) {
      log.error(e.getMessage() + ". The application is not started (bradawl.onerror=exit).", null);
      System.exit(EXIT_CONFIG);
    }
    log.error(e.getMessage() + ". Going on without Bradawl (bradawl.onerror=continue).", null);
  }

  private static void start(AgentConfig config, Instrumentation instrumentation, AgentLog log) {
    try {
      Bridge.define(instrumentation);
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.error("the bridge cannot be defined in this JVM, so Bradawl is off: " + e, null);
      return;
    }
    Features features = Features.of(config, log);
    Installed.install(features.list(), instrumentation, log);
    features.start();
  }
}
