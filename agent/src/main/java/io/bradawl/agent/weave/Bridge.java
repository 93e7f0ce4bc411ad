package io.bradawl.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Defines the bridge's classes inside {@code java.base}, in the package {@code sun.nio.ch} whose
 * package-private methods they use. Appending a jar to the boot class path would do the same, but
 * makes the JVM print a warning about class data sharing that cannot be silenced.
 */
public final class Bridge {

  private static final String PACKAGE = "sun.nio.ch";

  private final MethodHandles.Lookup inside;
  private final List<String> unlinked = new ArrayList<>();

  private Bridge(MethodHandles.Lookup inside) {
    this.inside = inside;
  }

  /**
   * Opens {@code sun.nio.ch} to the agent's own loader, and to it alone, and defines the bridge's
   * classes.
   *
   * @throws IOException if the agent's jar does not hold them
   */
  public static void define(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    Set<Module> agent = Set.of(Bridge.class.getModule());
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), Map.of(), Map.of(PACKAGE, agent), Set.of(), Map.of());
    Class<?> neighbour = Class.forName(PACKAGE + ".DirectBuffer", false, null);
    Bridge bridge = new Bridge(MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()));
    String index = new String(read("index"), StandardCharsets.UTF_8);
    for (String name : index.strip().split("\n")) {
      bridge.define(name);
    }
    for (String name : bridge.unlinked) {
      Class.forName(name.replace('/', '.'), false, null);
    }
  }

  private void define(String name) throws IOException, IllegalAccessException {
    try {
      inside.defineClass(read(name + ".classdata"));
    } catch (NoClassDefFoundError e) {
      // Defining also links; where the JVM verifies even its own classes (-Xverify:all), that asks
      // for classes that come later in the index. This one is defined and will link when used.
      unlinked.add(name);
    }
  }

  private static byte[] read(String name) throws IOException {
    String path = "bridge/" + name;
    try (InputStream in = Bridge.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException(
            path + " is not in the agent's jar; take the jar that the build makes");
      }
      return in.readAllBytes();
    }
  }
}
