package io.bradawl.runtime.session;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Secrets that were somewhere in this JVM, and whether anything still reachable holds them. Their
 * first octets are kept in disguise, or they would find themselves.
 */
final class LiveHeap {

  private static final long DISGUISE = 0x5A17_C3E9_0F66_B1D2L;

  private final List<Long> disguised = new ArrayList<>();

  /** Of at least 8 octets. */
  void remember(byte[] secret) {
    disguised.add(ByteBuffer.wrap(secret).getLong() ^ DISGUISE);
  }

  int remembered() {
    return disguised.size();
  }

  /** How many of them are in the heap, after garbage has been collected. */
  int found(Path directory) throws IOException {
    Path dump = directory.resolve("live.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    try (FileChannel file = FileChannel.open(dump)) {
      return found(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
    } finally {
      Files.delete(dump);
    }
  }

  private int found(MappedByteBuffer heap) {
    long[] sought = disguised.stream().mapToLong(Long::longValue).sorted().toArray();
    Set<Long> seen = new HashSet<>();
    long window = 0;
    while (heap.hasRemaining()) {
      window = window << Byte.SIZE | heap.get() & 0xFF;
      if (Arrays.binarySearch(sought, window ^ DISGUISE) >= 0) {
        seen.add(window ^ DISGUISE);
      }
    }
    return seen.size();
  }
}
