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
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the classes named in the tables, those of the boot loader only, as they are loaded or
 * retransformed. It resolves no types and computes no frames, which keeps it out of the way of
 * classes that are being loaded.
 */
final class Weaver implements ClassFileTransformer {

  private final Map<String, List<HookPoint>> byClass = new HashMap<>();
  private final Set<HookPoint> woven = ConcurrentHashMap.newKeySet();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

  Weaver(Collection<HookPoint> points) {
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

  boolean isWoven(HookPoint point) {
    return woven.contains(point);
  }

  /** Whether the class has come by, woven or not. */
  boolean hasSeen(String owner) {
    return seen.contains(owner);
  }

  void failed(String owner, Throwable failure) {
    failures.put(owner, failure);
  }

  /** Why weaving a class failed, or {@code null} if it did not. */
  @Nullable Throwable failure(String owner) {
    return failures.get(owner);
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
      return weave(bytes, points);
    } catch (RuntimeException | LinkageError e) {
      failed(name, e);
      return null; // the class stays as it is, and its features are not installed
    }
  }

  private byte[] weave(byte[] bytes, List<HookPoint> points) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new WovenClass(writer, points, woven), 0);
    return writer.toByteArray();
  }
}
