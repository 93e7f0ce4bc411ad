package io.bradawl.agent.hook.reuse;

import io.bradawl.runtime.kernel.TcpTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who listens on which TCP port of this network namespace, as far as procfs says (proc(5)). Where
 * there is none, nobody does.
 */
public final class ListenerTable {

  private final Path proc;
  private final TcpTable table;

  /**
   * @param proc where procfs is mounted
   */
  public ListenerTable(Path proc) {
    this.proc = proc;
    this.table = new TcpTable(proc);
  }

  /** A listening socket. */
  record Listener(InetSocketAddress local, long inode, long uid) {}

  /** The listeners on the same port whose address is the same, or is a wildcard, or meets one. */
  List<Listener> overlapping(InetSocketAddress local) {
    List<Listener> found = new ArrayList<>();
    table.read(
        entry -> {
          InetSocketAddress theirs = entry.local();
          if (entry.listens()
              && theirs.getPort() == local.getPort()
              && overlap(theirs.getAddress(), local.getAddress())) {
            found.add(new Listener(theirs, entry.inode(), entry.uid()));
          }
          return entry.listens();
        });
    return found;
  }

  /** Whether this process itself listens there. */
  boolean isOwn(Listener listener) {
    return holds(proc.resolve("self"), link(listener));
  }

  /** {@code process 4711 (java -jar server.jar)}, or as much of that as may be known. */
  String owner(Listener listener) {
    Path process = processOf(link(listener));
    return process == null
        ? "a process of uid " + listener.uid()
        : "process " + process.getFileName() + " (" + command(process) + ")";
  }

  private static String link(Listener listener) {
    return "socket:[" + listener.inode() + "]";
  }

  private static boolean overlap(InetAddress one, InetAddress other) {
    return one.isAnyLocalAddress() || other.isAnyLocalAddress() || one.equals(other);
  }

  private @Nullable Path processOf(String link) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, link)) {
          return process;
        }
      }
    } catch (IOException e) {
      return null;
    }
    return null;
  }

  private static boolean holds(Path process, String link) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.readSymbolicLink(descriptor).toString().equals(link)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // not ours to see, or gone meanwhile
    }
    return false;
  }

  private static String command(Path process) {
    try {
      String words =
          new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
      return words.replace('\0', ' ').strip();
    } catch (IOException e) {
      return "command unknown";
    }
  }
}
