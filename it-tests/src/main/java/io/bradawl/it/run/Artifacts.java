package io.bradawl.it.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The built files, found from where this class was loaded. */
public final class Artifacts {
  private static final Path CLASSES = classes();
  private static final Path TARGET = CLASSES.resolveSibling("");
  private static final Path APPLICATIONS = CLASSES.resolveSibling("applications");

  private Artifacts() {}

  /** The agent as users get it. */
  public static Path agent() {
    return existing("agent/target/bradawl-agent.jar");
  }

  /** The rendezvous server as users get it. */
  public static Path rendezvous() {
    return existing("rendezvous/target/bradawl-rendezvous.jar");
  }

  /** Programs of this module that need nothing but the JDK. */
  public static List<Path> programs() {
    return List.of(CLASSES);
  }

  /** The H2 database. */
  public static List<Path> h2() {
    return applications("h2-");
  }

  /** Californium, with this module's programs that use it. */
  public static List<Path> californium() {
    return Stream.of(programs(), applications("californium-", "element-connector-", "slf4j-"))
        .flatMap(List::stream)
        .toList();
  }

  /** Netty in another version than the agent's, with this module's programs that use it. */
  public static List<Path> netty() {
    return Stream.of(programs(), applications("netty-", "slf4j-")).flatMap(List::stream).toList();
  }

  /** The ice4j library, with this module's programs that use it. */
  public static List<Path> ice4j() {
    return Stream.of(programs(), applications("ice4j-", "weupnp-", "jain-sip-", "java-sdp-"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Path> applications(String... prefixes) {
    try (Stream<Path> jars = Files.list(APPLICATIONS)) {
      return jars.filter(
              jar -> Stream.of(prefixes).anyMatch(jar.getFileName().toString()::startsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no applications: build first (./mvnw package)", e);
    }
  }

  private static Path existing(String path) {
    Path file = TARGET.resolve("../..").resolve(path).normalize();
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is missing: build it first (./mvnw package)");
    }
    return file;
  }

  private static Path classes() {
    try {
      return Path.of(Artifacts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("this module runs from its target/classes directory only", e);
    }
  }
}
