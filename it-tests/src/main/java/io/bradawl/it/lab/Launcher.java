package io.bradawl.it.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where commands can be started: a {@link Host} of the laboratory, or this machine ({@link
 * Program#start}).
 */
@FunctionalInterface
public interface Launcher {
  /**
   * Starts a command.
   *
   * @param label what to call it in messages
   * @param environment added to this process's own
   * @throws IOException if it cannot be started
   */
  Program start(String label, List<String> command, Map<String, String> environment, Path directory)
      throws IOException;
}
