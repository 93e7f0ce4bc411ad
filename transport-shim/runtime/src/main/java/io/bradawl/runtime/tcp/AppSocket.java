package io.bradawl.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** An application's socket that is connecting to a peer. */
public interface AppSocket {

  /** Whether the application still waits for the outcome. */
  boolean isOpen();

  /** When the application called connect, on the scale of {@link System#nanoTime}. */
  long began();

  /** What the application had bound it to, or {@code null}. */
  @Nullable InetSocketAddress bound();

  /**
   * Makes {@code connection}, which is in no selector, the application's. The channel itself is
   * still to be closed.
   *
   * @return {@code false} if the application no longer waits
   */
  boolean commit(SocketChannel connection) throws IOException;

  /** Lets the application's connect fail. */
  void fail(IOException reason);
}
