package io.bradawl.runtime.tcp;

import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Has a punch port ready whose mapping is known already, which saves two round trips; but only for
 * a while after it was last needed. Only to be used on the driver loop.
 */
final class ClientPorts {

  static final Duration IDLE = Duration.ofSeconds(60);

  private final Surroundings with;
  private @Nullable ClientPort warm;
  private DriverLoop.@Nullable Timer idle;

  ClientPorts(Surroundings with) {
    this.with = with;
  }

  /**
   * A port that nobody else uses.
   *
   * @param bound what the application had bound its socket to, or {@code null}
   */
  ClientPort take(@Nullable InetSocketAddress bound) throws IOException {
    if (bound != null) {
      return ClientPort.open(with, bound);
    }
    ClientPort ready = warm;
    warm = null;
    if (ready != null && ready.port().isUsable()) {
      return ready;
    }
    if (ready != null) {
      ready.close();
    }
    return open();
  }

  /** Another connect may follow soon. */
  void warmUp() {
    if (idle != null) {
      idle.cancel();
    }
    idle = with.loop().at(with.loop().now() + IDLE.toNanos(), this::coolDown);
    try {
      warm = warm != null ? warm : open();
    } catch (IOException e) {
      warm = null; // the next connect will meet the same, and tell the application
    }
  }

  private void coolDown() {
    if (warm != null) {
      warm.close();
      warm = null;
    }
  }

  private ClientPort open() throws IOException {
    return ClientPort.open(with, new InetSocketAddress(0));
  }
}
