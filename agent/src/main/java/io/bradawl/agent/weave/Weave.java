package io.bradawl.agent.weave;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Weaves tables of hook points into the running JVM and says which points were not found. */
public final class Weave {

  private final Weaver weaver;
  private final int feature = Runtime.version().feature();

  private Weave(Weaver weaver) {
    this.weaver = weaver;
  }

  /**
   * Weaves {@code points}. When this returns, every class in question is loaded and woven: loading
   * them here, without initialising them, is what lets signatures be checked before the application
   * starts.
   */
  public static Weave into(Instrumentation instrumentation, Collection<HookPoint> points) {
    int feature = Runtime.version().feature();
    List<HookPoint> here = new ArrayList<>();
    for (HookPoint point : points) {
      if (point.isIn(feature)) {
        here.add(point);
      }
    }
    Weaver weaver = new Weaver(here);
    instrumentation.addTransformer(weaver, true);
    for (String owner : weaver.classes()) {
      weaveNow(instrumentation, weaver, owner);
    }
    return new Weave(weaver);
  }

  /**
   * Those of {@code points} that this version of Java should have and that were not found; empty if
   * all is well.
   */
  public List<String> missing(Collection<HookPoint> points) {
    List<String> missing = new ArrayList<>();
    for (HookPoint point : points) {
      if (point.isIn(feature) && !weaver.isWoven(point)) {
        Throwable failure = weaver.failure(point.owner());
        missing.add(failure == null ? point.toString() : point + " (" + failure + ")");
      }
    }
    return missing;
  }

  private static void weaveNow(Instrumentation instrumentation, Weaver weaver, String owner) {
    try {
      Class<?> loaded = Class.forName(owner.replace('/', '.'), false, null);
      if (!weaver.hasSeen(owner)) {
        instrumentation.retransformClasses(loaded);
      }
    } catch (ClassNotFoundException | UnmodifiableClassException | LinkageError e) {
      weaver.failed(owner, e);
    }
  }
}
