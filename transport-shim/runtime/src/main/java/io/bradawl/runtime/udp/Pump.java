package io.bradawl.runtime.udp;

import io.bradawl.runtime.loop.DriverLoop;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps control going on sockets that the application does not read: it looks after each of them
 * every 5 ms while something is being negotiated on it and every 50 ms while it merely has paths,
 * and not at all otherwise. A socket that the application has read within 20 ms is left alone:
 * there the application's own calls deal with control.
 */
final class Pump {

  /** How closely a socket must be looked after. */
  enum Need {
    NONE,
    PATHS,
    NEGOTIATION
  }

  static final long TICK = Duration.ofMillis(5).toNanos();
  static final long LEAVE_ALONE = Duration.ofMillis(20).toNanos();
  static final long REST = Duration.ofMillis(50).toNanos();
  private static final int BATCH = 64;

  private final DriverLoop loop;
  private final Map<AppDatagramSocket, Care> inCare = new IdentityHashMap<>();
  private DriverLoop.@Nullable Timer timer;

  Pump(DriverLoop loop) {
    this.loop = loop;
  }

  void need(AppDatagramSocket socket, Need need) {
    if (need == Need.NONE) {
      inCare.remove(socket);
      return;
    }
    inCare.computeIfAbsent(socket, Care::new).need = need;
    arm(TICK);
  }

  private void arm(long delay) {
    if (timer == null && !inCare.isEmpty()) {
      timer = loop.at(loop.now() + delay, this::tick);
    }
  }

  private void tick() {
    timer = null;
    long now = loop.now();
    boolean busy = false;
    for (Care care : inCare.values()) {
      busy |= care.need == Need.NEGOTIATION;
      care.look(now);
    }
    arm(busy ? TICK : REST);
  }

  /** One socket and when the application was last seen reading it. */
  private static final class Care {

    final AppDatagramSocket socket;
    Need need = Need.NONE;
    private int reads;
    private long readAt = Long.MIN_VALUE / 2;

    Care(AppDatagramSocket socket) {
      this.socket = socket;
      this.reads = socket.reads();
    }

    void look(long now) {
      int seen = socket.reads();
      if (seen != reads) {
        reads = seen;
        readAt = now;
      } else if (now - readAt >= LEAVE_ALONE) {
        socket.pump(BATCH);
      }
    }
  }
}
