package io.bradawl.runtime.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * The TCP sockets of this network namespace, read from {@code /proc/net/tcp} and {@code tcp6}
 * (proc(5)). Where there is no such file, there are none.
 */
public final class TcpTable {

  private static final String LISTEN = "0A"; // TCP_LISTEN in the kernel's tcp_states.h
  private static final int COLUMNS = 10;

  private final Path proc;

  /**
   * @param proc where procfs is mounted
   */
  public TcpTable(Path proc) {
    this.proc = proc;
  }

  /**
   * One socket.
   *
   * @param remote a wildcard for a listener
   * @param inode as in {@code /proc/PID/fd}; 0 if no process has it any more
   */
  public record Entry(
      InetSocketAddress local, InetSocketAddress remote, boolean listens, long uid, long inode) {}

  /** Whether this kernel has such a table. */
  public boolean isThere() {
    return Files.isReadable(proc.resolve("net/tcp"));
  }

  /**
   * Reads on while {@code wanted} says so, for each IP version: listeners first, then connections.
   * While sockets come and go, one that stays may be missed.
   *
   * @return whether that went well; if not, as when this process has no file descriptor left, some
   *     sockets or all are missing
   */
  public boolean read(Predicate<Entry> wanted) {
    return read("net/tcp", wanted) & read("net/tcp6", wanted);
  }

  private boolean read(String table, Predicate<Entry> wanted) {
    try (BufferedReader lines = Files.newBufferedReader(proc.resolve(table))) {
      lines.readLine(); // column titles
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length < COLUMNS || !wanted.test(entry(columns))) {
          break;
        }
      }
      return true;
    } catch (NoSuchFileException e) {
      return true; // no such table on this platform, or no such IP version
    } catch (IOException e) {
      return false;
    }
  }

  private static Entry entry(String[] columns) throws UnknownHostException {
    return new Entry(
        address(columns[1]),
        address(columns[2]),
        columns[3].equals(LISTEN),
        Long.parseLong(columns[7]),
        Long.parseLong(columns[9]));
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
}
