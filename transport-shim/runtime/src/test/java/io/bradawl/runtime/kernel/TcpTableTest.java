package io.bradawl.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpTableTest {

  @TempDir Path proc;

  @Test
  void knowsTheListenersAndConnectionsOfThisHost() throws Exception {
    TcpTable table = new TcpTable(Path.of("/proc/self"));
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      List<TcpTable.Entry> all = all(table);
      assertThat(all)
          .anyMatch(e -> e.listens() && e.local().equals(server.getLocalSocketAddress()));
      for (Socket end : List.of(client, accepted)) {
        assertThat(all)
            .anyMatch(
                e ->
                    !e.listens()
                        && e.local().equals(end.getLocalSocketAddress())
                        && e.remote().equals(end.getRemoteSocketAddress())
                        && e.inode() != 0);
      }
    }
  }

  /** All words read the same in both byte orders. */
  @Test
  void readsBothIpVersions() throws Exception {
    write("tcp", "0: 7F00007F:1F90 00000000:0000 0A 0:0 00:0 0 7 0 42 1");
    write(
        "tcp6",
        "0: 20010120000000000000000001000001:0016 20010120000000000000000002000002:0050 01 0:0 00:0 0"
            + " 7 0 0 1");
    assertThat(all(new TcpTable(proc)))
        .containsExactly(
            new TcpTable.Entry(at("127.0.0.127", 8080), at("0.0.0.0", 0), true, 7, 42),
            new TcpTable.Entry(at("2001:120::100:1", 22), at("2001:120::200:2", 80), false, 7, 0));
  }

  @Test
  void whatCannotBeReadIsToldFromWhatIsNotThere() throws Exception {
    assertThat(new TcpTable(proc).read(entry -> true)).isTrue();
    Files.createDirectories(proc.resolve("net").resolve("tcp6"));
    assertThat(new TcpTable(proc).read(entry -> true)).isFalse();
  }

  /** As a uid of 32 bits may be. */
  @Test
  void readsTheLargestUids() throws Exception {
    write("tcp", "0: 7F00007F:1F90 00000000:0000 0A 0:0 00:0 0 4294967294 0 42 1");
    assertThat(all(new TcpTable(proc)))
        .extracting(TcpTable.Entry::uid)
        .containsExactly(4294967294L);
  }

  @Test
  void whereThereIsNoSuchFileThereAreNoSockets() {
    assertThat(new TcpTable(proc).isThere()).isFalse();
    assertThat(all(new TcpTable(proc))).isEmpty();
  }

  private void write(String table, String entry) throws Exception {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(proc.resolve("net").resolve(table), "sl local rem st\n   " + entry + "\n");
  }

  private static List<TcpTable.Entry> all(TcpTable table) {
    List<TcpTable.Entry> all = new ArrayList<>();
    table.read(all::add);
    return all;
  }

  private static InetSocketAddress at(String ip, int port) {
    return new InetSocketAddress(ip, port);
  }
}
