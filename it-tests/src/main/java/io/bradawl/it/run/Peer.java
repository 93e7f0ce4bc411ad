package io.bradawl.it.run;

import io.bradawl.it.lab.Launcher;
import io.bradawl.it.lab.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A place where programs run as peers of one name.
 *
 * @param name what others reach it by, without the suffix
 * @param rendezvous {@code host:port}
 * @param launcher the machine
 * @param directory where its programs run and may leave files
 */
public record Peer(String name, String rendezvous, Launcher launcher, Path directory) {

  /** Starts the command with the agent. */
  public Program start(JavaCommand command) throws IOException {
    JavaCommand peer = command.peer(rendezvous, name);
    return launcher.start(name, peer.words(), Map.of(), directory);
  }
}
