package io.bradawl.agent.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests under the packaged agent. */
final class AgentJvm {

  static final Path AGENT = Path.of("target/bradawl-agent.jar").toAbsolutePath();
  private static final String CLASSES = Path.of("target/test-classes").toAbsolutePath().toString();
  private static final long PATIENCE_SECONDS = 120;

  private final Path home;
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private String classPath = CLASSES;

  AgentJvm(Path home) {
    this.home = home;
  }

  /** How a run ended. */
  record Ended(int status, String out, String err) {}

  AgentJvm agent(String arguments) {
    options.add("-javaagent:" + AGENT + (arguments.isEmpty() ? "" : "=" + arguments));
    return this;
  }

  AgentJvm option(String option) {
    options.add(option);
    return this;
  }

  AgentJvm environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Puts {@code jars} before the tests' classes. */
  AgentJvm libraries(String jars) {
    classPath = jars + File.pathSeparator + CLASSES;
    return this;
  }

  /** Starts it and leaves it to the caller, who must end it. */
  Process start(Class<?> main, String... arguments) throws IOException {
    return builder(command(main, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The agent's jar as a program. */
  Ended runJar(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java(), "-jar", AGENT.toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs it to its end. */
  Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return run(command(main, arguments));
  }

  private Ended run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", null);
    Path err = Files.createTempFile("err", null);
    Process jvm = builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!jvm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      jvm.destroyForcibly();
      throw new IOException("not ended after " + PATIENCE_SECONDS + " s: " + command);
    }
    return new Ended(jvm.exitValue(), take(out), take(err));
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder jvm = new ProcessBuilder(command);
    jvm.environment().putAll(environment);
    return jvm;
  }

  /** What would be run. */
  List<String> command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private String java() {
    return home.resolve("bin/java").toString();
  }

  private static String take(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }
}
