package io.bradawl.agent.it;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The Java runtimes of this machine that the agent has to work with. */
final class Jdks {

  private static final int[] WANTED = {17, 25};

  private Jdks() {}

  /**
   * One home for each wanted version: the running one, then wherever runtimes are usually
   * installed.
   */
  static List<Path> homes() {
    Map<Integer, Path> found = new TreeMap<>();
    add(Path.of(System.getProperty("java.home")), found);
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith("JAVA_HOME")) {
                add(Path.of(value), found);
              }
            });
    String user = System.getProperty("user.home");
    for (String root :
        List.of("/usr/lib/jvm", "/opt", user + "/.sdkman/candidates/java", user + "/.jdks")) {
      addAllIn(Path.of(root), found);
    }
    return chosen(found);
  }

  private static List<Path> chosen(Map<Integer, Path> found) {
    List<Path> homes = new ArrayList<>();
    for (int version : WANTED) {
      Path home = found.get(version);
      if (home != null) {
        homes.add(home);
      } else if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(
            "no JDK " + version + " on this machine, and CI=true asks for all");
      } else {
        System.err.println(
            "WARNING: no JDK " + version + " found under /usr/lib/jvm or /opt; NOT TESTED THERE");
      }
    }
    return homes;
  }

  private static void addAllIn(Path root, Map<Integer, Path> found) {
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(root)) {
      homes.forEach(home -> add(home, found));
    } catch (IOException e) {
      return; // no such directory
    }
  }

  private static void add(Path home, Map<Integer, Path> found) {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      return; // not a Java runtime
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    String feature = version.split("[.+-]", -1)[0];
    if (feature.matches("\\d+") && Files.isExecutable(home.resolve("bin/java"))) {
      found.putIfAbsent(Integer.parseInt(feature), home);
    }
  }
}
