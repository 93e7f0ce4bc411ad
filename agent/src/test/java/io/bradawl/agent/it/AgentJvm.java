package io.bradawl.agent.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests under the packaged agent. */
final class AgentJvm {

  private static final Path AGENT = Path.of("target/bradawl-agent.jar").toAbsolutePath();
  private static final String CLASSES = Path.of("target/test-classes").toAbsolutePath().toString();
  private static final long PATIENCE_SECONDS = 120;

  private final Path home;
  private final List<String> options = new ArrayList<>();

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

  /** Starts it and leaves it to the caller, who must end it. */
  Process start(Class<?> main) throws IOException {
    return new ProcessBuilder(command(main)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Runs it to its end. */
  Ended run(Class<?> main) throws IOException, InterruptedException {
    List<String> command = command(main);
    Path out = Files.createTempFile("out", null);
    Path err = Files.createTempFile("err", null);
    Process jvm =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!jvm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      jvm.destroyForcibly();
      throw new IOException("not ended after " + PATIENCE_SECONDS + " s: " + command);
    }
    return new Ended(jvm.exitValue(), take(out), take(err));
  }

  private List<String> command(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", CLASSES, main.getName()));
    return command;
  }

  private static String take(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }
}
