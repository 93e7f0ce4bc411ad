package io.bradawl.it.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel keeps, of the whole machine.
 *
 * @param slab octets of its objects: sockets, files, what waits for events
 * @param buffers octets that wait in TCP sockets, of which a quiet connection has none
 */
public record KernelMemory(long slab, long buffers) {

  private static final long PAGE = 4096;

  public static KernelMemory read() throws IOException {
    return new KernelMemory(
        1024 * number("/proc/meminfo", "Slab:", 1),
        PAGE * number("/proc/net/sockstat", "TCP:", 10));
  }

  private static long number(String file, String line, int word) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(text -> text.startsWith(line))
        .mapToLong(text -> Long.parseLong(text.trim().split("\\s+", -1)[word]))
        .findFirst()
        .orElseThrow(() -> new IOException(file + " has no line " + line));
  }

  /** What has been added meanwhile. */
  public KernelMemory since(KernelMemory before) {
    return new KernelMemory(slab - before.slab, buffers - before.buffers);
  }
}
