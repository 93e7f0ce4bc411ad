package io.bradawl.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One network namespace, kept alive by a bind mount on {@code file}. It is made with {@code
 * unshare} and entered with {@code nsenter} instead of {@code ip netns}, since that way works in a
 * user namespace whose own network stays the machine's.
 */
final class Namespace implements AutoCloseable {
  private final Path file;

  private Namespace(Path file) {
    this.file = file;
  }

  static Namespace create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + file, e);
    }
    Namespace namespace = new Namespace(file);
    try {
      Shell.run(List.of("unshare", "--net=" + file, "true"));
      namespace.configure("ip link set lo up");
      return namespace;
    } catch (LabException e) {
      namespace.close();
      throw e;
    }
  }

  /** A namespace that an earlier laboratory left behind. */
  static Namespace abandoned(Path file) {
    return new Namespace(file);
  }

  Path file() {
    return file;
  }

  /** The given command as it has to be started to run inside; it keeps the process id. */
  List<String> enter(List<String> command) {
    List<String> entered = new ArrayList<>(List.of("nsenter", "--net=" + file));
    entered.addAll(command);
    return entered;
  }

  /** Runs a shell script inside, ending at the first command that fails. */
  String configure(String script) {
    return Shell.run(enter(List.of("sh", "-euc", script)));
  }

  /** Kills what still runs inside, then deletes the namespace. */
  @Override
  public void close() {
    processes().forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : processes()) {
      process.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(late -> process).join();
    }
    try {
      unmount();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  /** Another laboratory may be removing the same leftovers at the same time. */
  private void unmount() throws IOException {
    try {
      if (isMounted()) {
        Shell.run(List.of("umount", file.toString()));
      }
    } catch (LabException e) {
      if (isMounted()) {
        throw e;
      }
    }
  }

  private boolean isMounted() throws IOException {
    try {
      return !Files.getFileStore(file)
          .equals(Files.getFileStore(Objects.requireNonNull(file.getParent())));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private List<ProcessHandle> processes() {
    Object inode = inode(file);
    return ProcessHandle.allProcesses()
        .filter(process -> inode.equals(inode(Path.of("/proc/" + process.pid() + "/ns/net"))))
        .toList();
  }

  /** What identifies a namespace; a process that is gone or not ours has none. */
  private static Object inode(Path file) {
    try {
      return Files.getAttribute(file, "unix:ino");
    } catch (IOException e) {
      return "none of " + file;
    }
  }
}
