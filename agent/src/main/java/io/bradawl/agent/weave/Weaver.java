package io.bradawl.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the classes named in the tables, those of the boot loader only, as they are loaded or
 * retransformed. It resolves no types and computes no frames, which keeps it out of the way of
 * classes that are being loaded; and the classes it needs itself do not touch the network code of
 * the JDK, because a class that is loaded from within a transformer passes no transformer.
 */
final class Weaver implements ClassFileTransformer {

  /** By internal name, as {@code sun/nio/ch/Net}. */
  private final Map<String, List<HookPoint>> byClass = new HashMap<>();

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Misses misses;

  Weaver(Collection<HookPoint> points, Misses misses) {
    this.misses = misses;
    for (HookPoint point : points) {
      List<HookPoint> sameClass = byClass.get(point.owner());
      if (sameClass == null) {
        sameClass = new ArrayList<>();
        byClass.put(point.owner(), sameClass);
      }
      if (!sameClass.contains(point)) {
        sameClass.add(point);
      }
    }
  }

  /** The internal names of the classes to be woven. */
  Set<String> classes() {
    return byClass.keySet();
  }

  /** Whether the class has come by, woven or not. */
  boolean hasSeen(String internalName) {
    return seen.contains(internalName);
  }

  /** The class cannot be woven, so none of its points is there. */
  void failed(String internalName, Throwable why) {
    miss(byClass.getOrDefault(internalName, List.of()), why);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader != null || name == null) {
      return null;
    }
    List<HookPoint> points = byClass.get(name);
    if (points == null) {
      return null;
    }
    seen.add(name);
    try {
      List<HookPoint> missing = new ArrayList<>(points);
      byte[] woven = WovenClass.weave(bytes, points, missing);
      miss(missing, null);
      return woven;
    } catch (RuntimeException | LinkageError e) {
      failed(name, e);
      return null; // the class stays as it is
    }
  }

  private void miss(List<HookPoint> points, @Nullable Throwable why) {
    for (HookPoint point : points) {
      misses.missed(point, why);
    }
  }
}
