package io.bradawl.agent.hook.reuse;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who listens on which TCP port of this network namespace, read from {@code /proc/net/tcp} and
 * {@code tcp6} (proc(5)). Where there is no such file, nobody does.
 */
public final class ListenerTable {

  private static final String LISTEN = "0A"; // TCP_LISTEN in the kernel's tcp_states.h

  private final Path proc;

  /**
   * @param proc where procfs is mounted
   */
  public ListenerTable(Path proc) {
    this.proc = proc;
  }

  /** A listening socket. */
  record Listener(InetSocketAddress local, long inode, int uid) {}

  /** The listeners on the same port whose address is the same, or is a wildcard, or meets one. */
  List<Listener> overlapping(InetSocketAddress local) {
    List<Listener> found = new ArrayList<>();
    collect("net/tcp", local, found);
    collect("net/tcp6", local, found);
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

  private void collect(String table, InetSocketAddress local, List<Listener> found) {
    try (BufferedReader lines = Files.newBufferedReader(proc.resolve(table))) {
      lines.readLine(); // column titles
      collect(lines, local, found);
    } catch (IOException e) {
      return; // no such table on this platform, or no such IP version
    }
  }

  /** The kernel lists listeners before connections, so the first connection ends the search. */
  private static void collect(BufferedReader lines, InetSocketAddress local, List<Listener> found)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] columns = line.strip().split("\\s+");
      if (columns.length < 10 || !columns[3].equals(LISTEN)) {
        return;
      }
      InetSocketAddress theirs = address(columns[1]);
      if (theirs.getPort() == local.getPort() && overlap(theirs.getAddress(), local.getAddress())) {
        found.add(new Listener(theirs, Long.parseLong(columns[9]), Integer.parseInt(columns[7])));
      }
    }
  }

  private static boolean overlap(InetAddress one, InetAddress other) {
    return one.isAnyLocalAddress() || other.isAnyLocalAddress() || one.equals(other);
  }

  /** {@code 0100007F:1F90}: 32-bit words in the byte order of the machine, and the port. */
  private static InetSocketAddress address(String text) throws UnknownHostException {
    int colon = text.indexOf(':');
    ByteBuffer octets = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
    for (int i = 0; i < colon; i += 8) {
      octets.putInt(Integer.parseUnsignedInt(text.substring(i, i + 8), 16));
    }
    int port = Integer.parseInt(text.substring(colon + 1), 16);
    return new InetSocketAddress(InetAddress.getByAddress(octets.array()), port);
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
