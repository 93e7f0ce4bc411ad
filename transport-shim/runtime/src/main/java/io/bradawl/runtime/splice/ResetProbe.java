package io.bradawl.runtime.splice;

import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds resets of legs that nobody reads from: after the end of its input a connection is readable
 * for ever, and while the other leg takes nothing it must not be read, so the loop does not watch
 * it. Without this a half-closed connection that is reset would only be missed at the next write.
 *
 * <p>A connected channel is never ready for {@code OP_CONNECT}, except that NIO reports errors as
 * readiness for whatever one asked. So every {@value #INTERVAL_MILLIS} ms, while there are such
 * legs, one select that does not wait tells the broken ones.
 */
final class ResetProbe {

  private static final Logger log = LoggerFactory.getLogger("bradawl.splice");

  private static final int INTERVAL_MILLIS = 100;

  private final DriverLoop driver;
  private final Map<Leg, Consumer<SpliceFailure>> suspects = new IdentityHashMap<>();
  private final Map<Leg, Consumer<SpliceFailure>> known = new IdentityHashMap<>();
  private @Nullable Selector selector;
  private boolean ticking;

  ResetProbe(DriverLoop driver) {
    this.driver = driver;
  }

  /** From now on {@code broken} hears of the leg's resets whenever it is suspected. */
  void know(Leg leg, Consumer<SpliceFailure> broken) {
    known.put(leg, broken);
  }

  /** Whether the leg is to be probed. */
  void suspect(Leg leg, boolean suspected) {
    Consumer<SpliceFailure> broken = known.get(leg);
    if (!suspected || broken == null) {
      suspects.remove(leg);
    } else if (suspects.put(leg, broken) == null && !ticking) {
      ticking = true;
      next();
    }
  }

  /** For a leg that is going to be closed: its fd lives until all selectors let go of it. */
  void forget(Leg leg) {
    known.remove(leg);
    suspects.remove(leg);
    if (selector != null) {
      SelectionKey key = leg.channel().keyFor(selector);
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
      for (Leg leg : broken()) {
        Consumer<SpliceFailure> hears = suspects.get(leg);
        if (hears != null) {
          hears.accept(leg.broken(new IOException("Connection reset")));
        }
      }
    } catch (IOException e) {
      log.warn("resets of half-closed connections show late, at the next write: {}", e.toString());
    }
    if (ticking) {
      next();
    }
  }

  private List<Leg> broken() throws IOException {
    Selector open = selector == null ? Selector.open() : selector;
    selector = open;
    for (SelectionKey key : open.keys()) {
      if (!suspects.containsKey((Leg) key.attachment())) {
        key.cancel();
      }
    }
    open.selectNow();
    for (Leg leg : suspects.keySet()) {
      register(leg, open);
    }
    open.selectNow();
    List<Leg> legs = new ArrayList<>();
    for (SelectionKey key : open.selectedKeys()) {
      legs.add((Leg) key.attachment());
    }
    open.selectedKeys().clear();
    return legs;
  }

  private static void register(Leg leg, Selector selector) {
    try {
      if (leg.channel().keyFor(selector) == null) {
        leg.channel().register(selector, SelectionKey.OP_CONNECT, leg);
      }
    } catch (ClosedChannelException e) {
      // its splice is about to find out
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
