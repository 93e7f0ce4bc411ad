package io.bradawl.agent.weave;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Weaves tables of hook points into the running JVM. */
public final class Weave {

  /** The tables are held against the class files of these versions by tests. */
  private static final int FIRST_CHARTED = 17;

  private static final int LAST_CHARTED = 25;

  private final Instrumentation instrumentation;
  private final Weaver weaver;

  private Weave(Instrumentation instrumentation, Weaver weaver) {
    this.instrumentation = instrumentation;
    this.weaver = weaver;
  }

  /**
   * Weaves {@code points}: now, in classes that are loaded already; in all others when they are
   * loaded, because most of them never are, and loading and weaving all of them before the
   * application starts would add more to its start than all the rest of the agent. Where the tables
   * are not known to fit, that is done all the same: better to know at once what is missing.
   */
  public static void into(
      Instrumentation instrumentation, Collection<HookPoint> points, Misses misses) {
    int feature = Runtime.version().feature();
    List<HookPoint> here = new ArrayList<>();
    for (HookPoint point : points) {
      if (point.isIn(feature)) {
        here.add(point);
      }
    }
    Weave weave = new Weave(instrumentation, new Weaver(here, misses));
    instrumentation.addTransformer(weave.weaver, true);
    weave.loaded();
    if (!isCharted(feature)) {
      weave.all();
    }
  }

  private static boolean isCharted(int feature) {
    return "Linux".equals(System.getProperty("os.name"))
        && feature >= FIRST_CHARTED
        && feature <= LAST_CHARTED;
  }

  private void loaded() {
    Set<String> names = new HashSet<>();
    for (String internalName : weaver.classes()) {
      names.add(internalName.replace('/', '.'));
    }
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (names.contains(loaded.getName()) && loaded.getClassLoader() == null) {
        again(loaded);
      }
    }
  }

  private void all() {
    for (String internalName : weaver.classes()) {
      try {
        Class<?> loaded = Class.forName(internalName.replace('/', '.'), false, null);
        if (!weaver.hasSeen(internalName)) {
          again(loaded);
        }
      } catch (ClassNotFoundException | LinkageError e) {
        weaver.failed(internalName, e);
      }
    }
  }

  private void again(Class<?> loaded) {
    try {
      instrumentation.retransformClasses(loaded);
    } catch (UnmodifiableClassException | LinkageError e) {
      weaver.failed(loaded.getName().replace('.', '/'), e);
    }
  }
}
