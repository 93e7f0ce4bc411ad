package io.bradawl.it.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running command whose output (both streams) is kept line by line. */
public final class Program implements AutoCloseable {
  private final String label;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private Program(String label, Process process) {
    this.label = label;
    this.process = process;
  }

  /**
   * Starts a command.
   *
   * @param label what to call it in messages
   * @param environment added to this process's own
   * @throws IOException if it cannot be started
   */
  public static Program start(
      String label, List<String> command, Map<String, String> environment, Path directory)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    Program program = new Program(label, builder.start());
    Thread reader = new Thread(program::read, "output of " + label);
    reader.setDaemon(true);
    reader.start();
    return program;
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException closed) {
      add("(output ended: " + closed.getMessage() + ")");
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The process id, the command's own. */
  public long pid() {
    return process.pid();
  }

  /** Where the command reads its input. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** Writes text to the command's input and ends it. */
  public void feed(String text) {
    try (OutputStream input = process.getOutputStream()) {
      input.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + this, e);
    }
  }

  /** All output until now. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** The output until now, without so many lines at its start. */
  public synchronized List<String> linesFrom(int index) {
    return List.copyOf(lines.subList(Math.min(index, lines.size()), lines.size()));
  }

  /** All output until now as one text. */
  public String output() {
    return String.join("\n", lines());
  }

  /**
   * Waits for the first line, printed before or later, in which the pattern is found.
   *
   * @throws LabException if the command ends or the limit passes before; the message carries its
   *     output
   */
  public synchronized Matcher await(String pattern, Duration limit) {
    Pattern compiled = Pattern.compile(pattern);
    long deadline = System.nanoTime() + limit.toNanos();
    for (int next = 0; ; ) {
      for (; next < lines.size(); next++) {
        Matcher matcher = compiled.matcher(lines.get(next));
        if (matcher.find()) {
          return matcher;
        }
      }
      awaitMore(next, deadline, "/" + pattern + "/");
    }
  }

  /**
   * Waits until the pattern was found in so many lines. What others hear of the command does not
   * tell that its output has been read.
   *
   * @throws LabException if the command ends or the limit passes before; the message carries its
   *     output
   */
  public synchronized void await(String pattern, int count, Duration limit) {
    Pattern compiled = Pattern.compile(pattern);
    long deadline = System.nanoTime() + limit.toNanos();
    while (lines.stream().filter(line -> compiled.matcher(line).find()).count() < count) {
      awaitMore(lines.size(), deadline, count + " times /" + pattern + "/");
    }
  }

  private synchronized void awaitMore(int known, long deadline, String wanted) {
    while (lines.size() == known) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (ended || left <= 0) {
        throw new LabException(
            this
                + (ended ? " ended" : " still runs")
                + " without "
                + wanted
                + "; it said:\n"
                + output());
      }
      sleep(left);
    }
  }

  private synchronized void sleep(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while waiting for " + this, e);
    }
  }

  /**
   * Waits until the command and its output have ended and returns the exit status.
   *
   * @throws LabException if the limit passes before; the message carries the output
   */
  public synchronized int awaitExit(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ended) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new LabException(this + " still runs after " + limit + "; it said:\n" + output());
      }
      sleep(left);
    }
    return process.onExit().join().exitValue();
  }

  /** Asks the command to end (SIGTERM), and goes on to listen to it. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Ends the command, politely at first, and waits for its end. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 3, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
  }

  @Override
  public String toString() {
    return label + " (process " + process.pid() + ")";
  }
}
