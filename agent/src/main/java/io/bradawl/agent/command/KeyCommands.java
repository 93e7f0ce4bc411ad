package io.bradawl.agent.command;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.runtime.identity.KeyFile;
import io.bradawl.runtime.identity.PrivateFileException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** {@code keygen} and {@code id}: print the peer id, and nothing else, on standard output. */
final class KeyCommands {

  private final PrintStream out;

  KeyCommands(PrintStream out) {
    this.out = out;
  }

  int generate(String file) throws CommandException {
    try {
      return print(KeyFile.create(Path.of(file), new SecureRandom()));
    } catch (FileAlreadyExistsException e) {
      String remedy = " is there already and was left as it is; its peer id: id " + file;
      throw CommandException.notCreated(file + remedy, e);
    } catch (PrivateFileException | InvalidPathException e) {
      throw CommandException.notCreated(String.valueOf(e.getMessage()), e);
    }
  }

  int show(String file) throws CommandException {
    try {
      return print(KeyFile.read(Path.of(file)));
    } catch (PrivateFileException | InvalidPathException e) {
      throw CommandException.unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private int print(Secret key) {
    try (X25519KeyPair keys = X25519KeyPair.of(key)) {
      out.println(new PeerId(keys.publicKey()));
    }
    return 0;
  }
}
