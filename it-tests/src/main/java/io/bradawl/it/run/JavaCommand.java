package io.bradawl.it.run;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@code java} command line. Every method returns a changed copy.
 *
 * @param options options of the JVM, in order
 * @param agent the agent's properties; empty for a run without the agent
 * @param program class path or {@code -jar}, main class and arguments
 */
public record JavaCommand(
    Jdk jdk, List<String> options, Map<String, String> agent, List<String> program) {

  /** A main class with its arguments. */
  public static JavaCommand of(Jdk jdk, List<Path> classPath, String main, String... arguments) {
    String joined =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    List<String> program = new ArrayList<>(List.of("-cp", joined, main));
    program.addAll(List.of(arguments));
    return new JavaCommand(jdk, List.of(), Map.of(), program);
  }

  /** A runnable jar with its arguments. */
  public static JavaCommand ofJar(Jdk jdk, Path jar, String... arguments) {
    List<String> program = new ArrayList<>(List.of("-jar", jar.toString()));
    program.addAll(List.of(arguments));
    return new JavaCommand(jdk, List.of(), Map.of(), program);
  }

  /** With more options of the JVM. */
  public JavaCommand options(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new JavaCommand(jdk, all, agent, program);
  }

  /** With the agent and one more property of it; the key comes without {@code bradawl.}. */
  public JavaCommand agent(String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(agent);
    all.put(key, value);
    return new JavaCommand(jdk, options, all, program);
  }

  /** As a peer of the realm of this run. */
  public JavaCommand peer(String rendezvous, String name) {
    return agent("rendezvous", rendezvous)
        .agent("name", name)
        .agent("secret.file", RealmFile.path().toString());
  }

  /** On another JDK. */
  public JavaCommand on(Jdk other) {
    return new JavaCommand(other, options, agent, program);
  }

  /** The words of the command line. */
  public List<String> words() {
    List<String> words = new ArrayList<>(List.of(jdk.java().toString()));
    if (!agent.isEmpty()) {
      words.add("-javaagent:" + Artifacts.agent());
      agent.forEach((key, value) -> words.add("-Dbradawl." + key + "=" + value));
    }
    words.addAll(options);
    words.addAll(program);
    return words;
  }
}
