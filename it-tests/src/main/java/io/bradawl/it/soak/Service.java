package io.bradawl.it.soak;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.LabException;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that can be killed, stopped, continued and started anew. */
final class Service implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final Host host;
  private final Jdk jdk;
  private final List<String> command;
  private final WallClock clock;
  private final String ready;
  private final Path directory;
  private final Watch watch;
  private Program program;
  private boolean isAlive = true;
  private int read;

  /**
   * @param jdk that runs it, or could look into it
   * @param ready what it prints when others can use it
   * @param directory for its output and its clock
   */
  Service(
      String name,
      Host host,
      Jdk jdk,
      List<String> command,
      String ready,
      Path directory,
      Watch watch) {
    this.name = name;
    this.host = host;
    this.jdk = jdk;
    this.command = command;
    this.clock = new WallClock(directory.resolve(name + ".clock"));
    this.ready = ready;
    this.directory = directory;
    this.watch = watch;
    this.program = launch();
  }

  String name() {
    return name;
  }

  Host host() {
    return host;
  }

  Jdk jdk() {
    return jdk;
  }

  WallClock clock() {
    return clock;
  }

  long pid() {
    return program.pid();
  }

  private Program launch() {
    try {
      // Redis and coturn do not start under a shifted clock.
      boolean isJvm = command.get(0).equals(jdk.java().toString());
      return host.start(name, command, isJvm ? clock.environment() : Map.of(), directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  /** Waits until others can use it. */
  void awaitReady() {
    program.await(ready, LIMIT);
  }

  /** Starts it again, unless it runs. */
  void start() {
    if (!isAlive) {
      program = launch();
      read = 0;
      isAlive = true;
    }
  }

  /** SIGKILL. */
  void kill() {
    if (isAlive) {
      signal("KILL");
      program.close();
      drain();
      isAlive = false;
    }
  }

  /** SIGTERM, and SIGKILL if that is not enough. */
  void terminate() {
    if (!isAlive) {
      return;
    }
    program.terminate();
    try {
      program.awaitExit(Duration.ofSeconds(10));
    } catch (LabException late) {
      System.out.println("! " + name + " does not end upon SIGTERM");
    }
    kill();
  }

  /** SIGSTOP. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    if (!isAlive) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(program.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives it a line to read, if it still reads. */
  void tell(String line) {
    try {
      program.input().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      program.input().flush();
    } catch (IOException e) {
      // It is not there: what it says no more is noticed elsewhere.
    }
  }

  /** Hands on what it has printed since the last time, and keeps it in a file. */
  void drain() {
    List<String> fresh = program.linesFrom(read);
    read += fresh.size();
    try {
      Files.write(
          directory.resolve(name + ".log"),
          fresh,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the output of " + name, e);
    }
    fresh.forEach(line -> watch.hear(name, line));
  }

  @Override
  public void close() {
    kill();
  }
}
