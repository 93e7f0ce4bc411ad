package io.bradawl.agent.start;

import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.log.LogLevel;
import io.bradawl.agent.weave.Bridge;
import io.bradawl.agent.weave.HookPoint;
import io.bradawl.agent.weave.Weave;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The agent's start, on the application's main thread before {@code main}: everything here counts
 * as start-up time, so Netty, SLF4J and {@code java.util.logging} stay unloaded and no name is
 * resolved.
 */
public final class AgentStart implements BiConsumer<String, Instrumentation> {

  @Override
  public void accept(String arguments, Instrumentation instrumentation) {
    AgentLog log = new AgentLog(LogLevel.INFO, System.err);
    try {
      Bridge.define(instrumentation);
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.error("the bridge cannot be defined in this JVM, so Bradawl is off: " + e, null);
      return;
    }
    install(Features.all(log), instrumentation, log);
  }

  private static void install(List<Feature> features, Instrumentation to, AgentLog log) {
    Set<HookPoint> points = new LinkedHashSet<>();
    features.forEach(feature -> points.addAll(feature.hookPoints()));
    Weave weave = Weave.into(to, points);
    for (Feature feature : features) {
      List<String> missing = weave.missing(feature.hookPoints());
      if (missing.isEmpty()) {
        feature.install();
      } else {
        log.warn(feature.name() + " is off: this JVM does not have " + String.join("; ", missing));
      }
    }
  }
}
