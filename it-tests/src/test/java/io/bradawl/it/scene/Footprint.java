package io.bradawl.it.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process holds of the system.
 *
 * @param descriptors open file descriptors
 * @param threads operating system threads
 */
public record Footprint(long descriptors, long threads) {
  /**
   * What may be in use for a moment: a selector, a timer thread, a connection about to be closed.
   */
  private static final int SLACK = 6;

  private static final Duration SETTLING = Duration.ofSeconds(15);

  /** As it is now. */
  public static Footprint of(Program program) {
    return new Footprint(count(program, "fd"), count(program, "task"));
  }

  private static long count(Program program, String what) {
    try (Stream<Path> entries = Files.list(Path.of("/proc", String.valueOf(program.pid()), what))) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(program + " is gone", e);
    }
  }

  /** Fails unless the process comes back to this, give or take a few, within some seconds. */
  public void assertNotGrown(Program program) {
    long deadline = System.nanoTime() + SETTLING.toNanos();
    while (hasGrown(of(program)) && System.nanoTime() < deadline) {
      pause();
    }
    Footprint now = of(program);
    assertThat(hasGrown(now)).as("%s grew from %s to %s", program, this, now).isFalse();
  }

  private boolean hasGrown(Footprint now) {
    return now.descriptors > descriptors + SLACK || now.threads > threads + SLACK;
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
