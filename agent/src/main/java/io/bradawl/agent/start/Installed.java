package io.bradawl.agent.start;

import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.weave.HookPoint;
import io.bradawl.agent.weave.Misses;
import io.bradawl.agent.weave.Weave;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The features that are on. One goes off, by name, when this JVM turns out to lack a point. */
final class Installed implements Misses {

  private final AgentLog log;
  private final Map<Feature, List<HookPoint>> on = new LinkedHashMap<>();

  private Installed(List<Feature> features, AgentLog log) {
    this.log = log;
    for (Feature feature : features) {
      on.put(feature, feature.hookPoints());
    }
  }

  /** Installs all of them and has their points woven. */
  static void install(List<Feature> features, Instrumentation into, AgentLog log) {
    List<HookPoint> points = new ArrayList<>();
    Installed installed = new Installed(features, log);
    for (Map.Entry<Feature, List<HookPoint>> feature : installed.on.entrySet()) {
      feature.getKey().install();
      points.addAll(feature.getValue());
    }
    Weave.into(into, points, installed);
  }

  @Override
  public synchronized void missed(HookPoint point, @Nullable Throwable why) {
    for (Feature feature : new ArrayList<>(on.keySet())) {
      List<HookPoint> points = on.get(feature);
      if (points != null && points.contains(point)) {
        on.remove(feature);
        feature.remove();
        String reason = why == null ? "" : " (" + why + ")";
        log.warn(feature.name() + " is off: this JVM does not have " + point + reason);
      }
    }
  }
}
