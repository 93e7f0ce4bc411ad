package io.bradawl.it.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An installed JDK (or JRE), known by the {@code release} file in its home.
 *
 * @param feature its feature version, 17 or 25
 */
public record Jdk(int feature, Path home) {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/jvm"),
          Path.of("/usr/java"),
          Path.of("/opt"),
          Path.of("/opt/java"),
          Path.of("/opt/hostedtoolcache/Java_Temurin-Hotspot_jdk"),
          Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
          Path.of(System.getProperty("user.home"), ".jdks"));

  /** The one that runs this program. */
  public static Jdk current() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  /**
   * The JDK of a feature version: this one, or one from the usual places of installation. Where
   * {@code -Dit.jdks=17} says that there is no other, which {@code test-all} does loudly, this one
   * stands in.
   *
   * @throws IllegalStateException if there is none
   */
  public static Jdk find(int feature) {
    if (current().feature() == feature || "17".equals(System.getProperty("it.jdks"))) {
      return current();
    }
    return installed().stream()
        .filter(jdk -> jdk.feature() == feature)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no JDK " + feature + " in any of " + PLACES + ": install one there"));
  }

  private static List<Jdk> installed() {
    List<Jdk> found = new ArrayList<>();
    for (Path place : PLACES) {
      try (Stream<Path> homes = Files.walk(place, 2)) {
        homes.sorted().map(Jdk::in).flatMap(Optional::stream).forEach(found::add);
      } catch (IOException absent) {
        continue;
      }
    }
    return found;
  }

  private static Optional<Jdk> in(Path home) {
    try (Reader release = Files.newBufferedReader(home.resolve("release"))) {
      Properties properties = new Properties();
      properties.load(release);
      String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Files.isExecutable(home.resolve("bin/java"))
          ? Optional.of(new Jdk(Runtime.Version.parse(version).feature(), home))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** The launcher. */
  public Path java() {
    return home.resolve("bin/java");
  }
}
