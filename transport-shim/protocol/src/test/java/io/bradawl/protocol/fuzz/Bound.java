package io.bradawl.protocol.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.driver.FuzzedDataProviderImpl;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory the handling of one input may take in all, garbage included: nobody can make this
 * side allocate by a number that he merely wrote down.
 *
 * @param octets whatever the input
 * @param perOctet for each octet of the input, in addition
 */
public record Bound(long octets, long perOctet) {

  /** For codecs: less than the 64 KiB that a length of 16 bits can announce. */
  public static final Bound OF_CODEC = new Bound(32_768, 256);

  /** For what people write, which is searched by patterns and answered in words. */
  public static final Bound OF_TEXT = new Bound(131_072, 4096);

  /** For machines, each of whose inputs is made of a few octets; its outputs are counted too. */
  public static final Bound OF_MACHINE = new Bound(1 << 20, 1 << 16);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is done with an input; it may be done twice. */
  public interface Handling {
    void run() throws Exception;
  }

  /** A target that makes its inputs of choices. */
  public interface Story {
    void run(FuzzedDataProvider data) throws Exception;
  }

  /** Runs a story that {@code input} tells, and fails if it takes too much. */
  public void hold(byte[] input, Story story) throws Exception {
    hold(
        input.length,
        () -> {
          try (FuzzedDataProviderImpl data = FuzzedDataProviderImpl.withJavaData(input)) {
            story.run(data);
          }
        });
  }

  /**
   * Handles an input, and fails if that takes too much. To load classes takes memory too, but only
   * once: so what took too much has a second chance.
   *
   * @param length octets of the input
   */
  public void hold(int length, Handling handling) throws Exception {
    long allowed = octets + perOctet * length;
    if (taken(handling) <= allowed) {
      return;
    }
    long taken = taken(handling);
    if (taken > allowed) {
      throw new AssertionError(
          length + " octets of input took " + taken + " of memory, allowed are " + allowed);
    }
  }

  private static long taken(Handling handling) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    handling.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
