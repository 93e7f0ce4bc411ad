package io.bradawl.it.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel counts of this network namespace.
 *
 * @param sent datagrams that left any socket
 * @param dropped datagrams that found the sockets on one port full
 */
public record UdpCounts(long sent, long dropped) {

  private static final int OUT_DATAGRAMS = 4;

  public static UdpCounts read(int port) throws IOException {
    return new UdpCounts(sentByAll(), droppedAt(port));
  }

  /** Two lines begin with the protocol: names, then numbers. */
  private static long sentByAll() throws IOException {
    List<String> udp =
        Files.readAllLines(Path.of("/proc/net/snmp")).stream()
            .filter(line -> line.startsWith("Udp: "))
            .toList();
    return Long.parseLong(udp.get(1).split(" ", -1)[OUT_DATAGRAMS]);
  }

  /** The port is the end of the second word, the drops are the last word. */
  private static long droppedAt(int port) throws IOException {
    return Files.readAllLines(Path.of("/proc/net/udp")).stream()
        .map(line -> line.trim().split("\\s+", -1))
        .filter(words -> words[1].endsWith(String.format(":%04X", port)))
        .mapToLong(words -> Long.parseLong(words[words.length - 1]))
        .sum();
  }

  /** What has been added meanwhile. */
  public UdpCounts since(UdpCounts before) {
    return new UdpCounts(sent - before.sent, dropped - before.dropped);
  }
}
