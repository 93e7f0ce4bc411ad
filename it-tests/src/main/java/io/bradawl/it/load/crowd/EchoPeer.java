package io.bradawl.it.load.crowd;

import java.net.InetSocketAddress;

/**
 * The peer behind the relay, on a thread of its own: on one thread with the clients it would cost
 * as much for a datagram as the server does, which were never full then.
 */
public final class EchoPeer implements AutoCloseable {

  private final Echo echo;
  private final Thread thread;
  private volatile boolean over;

  private EchoPeer(InetSocketAddress at) {
    echo = new Echo(at);
    thread = new Thread(this::serve, "echo");
    thread.setDaemon(true);
  }

  /** Serves from now on. */
  public static EchoPeer at(InetSocketAddress address) {
    EchoPeer peer = new EchoPeer(address);
    peer.thread.start();
    return peer;
  }

  private void serve() {
    while (!over) {
      Gathering.after(echo.turn());
    }
  }

  /** Its address is free once this returns. */
  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    echo.close();
  }
}
