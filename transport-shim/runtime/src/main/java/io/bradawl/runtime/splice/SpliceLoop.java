package io.bradawl.runtime.splice;

import io.bradawl.runtime.loop.NettyDriverLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.HashSet;
import java.util.Set;

/** One thread of splices, and what they share on it. To be used on it, unless stated. */
final class SpliceLoop {

  private final NettyDriverLoop driver;
  private final Block.Pool blocks = new Block.Pool();
  private final ResetProbe probe;
  private final Set<Splice> splices = new HashSet<>();
  private final Set<TlsTunnel> tunnels = new HashSet<>();

  /** Splices given to this loop and not ended; guarded by the {@link SpliceLoops}. */
  int load;

  SpliceLoop(String threadName) {
    driver = new NettyDriverLoop(task -> thread(task, threadName));
    probe = new ResetProbe(driver);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new FastThreadLocalThread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** From any thread. */
  NettyDriverLoop driver() {
    return driver;
  }

  Block.Pool blocks() {
    return blocks;
  }

  ResetProbe probe() {
    return probe;
  }

  Set<Splice> splices() {
    return splices;
  }

  Set<TlsTunnel> tunnels() {
    return tunnels;
  }

  /** Ends the thread; from any thread. */
  void close() {
    driver.execute(probe::close);
    driver.close();
  }
}
