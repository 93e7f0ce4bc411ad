package io.bradawl.runtime.splice;

import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds resets of connections that nobody reads from: after the end of its input one is readable
 * for ever, and while the other side takes nothing it must not be read, so the loop does not watch
 * it. Without this a half-closed connection that is reset would only be missed at the next write.
 *
 * <p>A connected channel is never ready for {@code OP_CONNECT}, except that NIO reports errors as
 * readiness for whatever one asked. So every {@value #INTERVAL_MILLIS} ms, while there are such
 * connections, one select that does not wait tells the broken ones.
 */
final class ResetProbe {

  private static final Logger log = LoggerFactory.getLogger("bradawl.splice");

  private static final int INTERVAL_MILLIS = 100;

  private final DriverLoop driver;
  private final Map<SocketChannel, Runnable> suspects = new IdentityHashMap<>();
  private final Map<SocketChannel, Runnable> known = new IdentityHashMap<>();
  private @Nullable Selector selector;
  private boolean ticking;

  ResetProbe(DriverLoop driver) {
    this.driver = driver;
  }

  /** From now on {@code broken} runs when the connection is reset while it is suspected. */
  void know(SocketChannel channel, Runnable broken) {
    known.put(channel, broken);
  }

  /** Whether the connection is to be probed. */
  void suspect(SocketChannel channel, boolean suspected) {
    Runnable broken = known.get(channel);
    if (!suspected || broken == null) {
      suspects.remove(channel);
    } else if (suspects.put(channel, broken) == null && !ticking) {
      ticking = true;
      next();
    }
  }

  /** For one that is going to be closed: its fd lives until all selectors let go of it. */
  void forget(SocketChannel channel) {
    known.remove(channel);
    suspects.remove(channel);
    if (selector != null) {
      SelectionKey key = channel.keyFor(selector);
      if (key != null) {
        key.cancel();
        flush(selector);
      }
    }
  }

  private void next() {
    driver.at(driver.now() + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS), this::tick);
  }

  private void tick() {
    ticking = !suspects.isEmpty();
    try {
      for (SocketChannel channel : broken()) {
        Runnable broken = suspects.get(channel);
        if (broken != null) {
          broken.run();
        }
      }
    } catch (IOException e) {
      log.warn("resets of half-closed connections show late, at the next write: {}", e.toString());
    }
    if (ticking) {
      next();
    }
  }

  private List<SocketChannel> broken() throws IOException {
    Selector open = selector == null ? Selector.open() : selector;
    selector = open;
    for (SelectionKey key : open.keys()) {
      if (!suspects.containsKey((SocketChannel) key.channel())) {
        key.cancel();
      }
    }
    open.selectNow();
    for (SocketChannel channel : suspects.keySet()) {
      register(channel, open);
    }
    open.selectNow();
    List<SocketChannel> broken = new ArrayList<>();
    for (SelectionKey key : open.selectedKeys()) {
      broken.add((SocketChannel) key.channel());
    }
    open.selectedKeys().clear();
    return broken;
  }

  private static void register(SocketChannel channel, Selector selector) {
    try {
      if (channel.keyFor(selector) == null) {
        channel.register(selector, SelectionKey.OP_CONNECT);
      }
    } catch (ClosedChannelException e) {
      // its owner is about to find out
    }
  }

  private static void flush(Selector selector) {
    try {
      selector.selectNow();
    } catch (IOException e) {
      log.warn("a closed connection keeps its file descriptor for a while: {}", e.toString());
    }
  }

  void close() {
    try {
      if (selector != null) {
        selector.close();
      }
    } catch (IOException e) {
      log.warn("a selector did not close: {}", e.toString());
    }
  }
}
