package io.bradawl.it.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The processor time of this process: all its threads, user and kernel. */
final class Processor {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Processor() {}

  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
