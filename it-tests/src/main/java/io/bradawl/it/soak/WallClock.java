package io.bradawl.it.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The time of day as one process sees it. libfaketime shifts it under the JVM, at most a second
 * after it is told to; the monotonic clock and all waiting stay as they are.
 */
final class WallClock {
  private final Path file;

  WallClock(Path file) {
    this.file = file;
    shift(Duration.ZERO);
  }

  /** From now on it is so much later than it is. */
  void shift(Duration offset) {
    try {
      Files.writeString(file, "%+d%n".formatted(offset.toSeconds()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set the clock " + file, e);
    }
  }

  /** What a process has to be started with. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        "/usr/$LIB/faketime/libfaketime.so.1",
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // Without it Object.wait returns at once.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0",
        "NO_FAKE_STAT",
        "1");
  }
}
