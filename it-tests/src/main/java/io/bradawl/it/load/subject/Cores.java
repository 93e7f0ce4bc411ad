package io.bradawl.it.load.subject;

import java.util.ArrayList;
import java.util.List;

/**
 * The processors that servers run on; the loader has the others.
 *
 * @param count from the first on
 */
public record Cores(int count) {

  /** The command, on these processors only. */
  List<String> pin(List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0-" + (count - 1)));
    pinned.addAll(command);
    return pinned;
  }
}
