package io.bradawl.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** An application's listening socket that peers may reach. Equality is identity. */
public interface AppListener {

  /** What the application bound. */
  InetSocketAddress local();

  /** Whether the port can be shared with punching sockets. */
  ReuseMode reuse();

  /** Lets other sockets of this process bind the same port. */
  void makeReusable() throws IOException;

  /**
   * From now on a connection from {@code remote}, or from another port of the same host, comes to
   * {@link TcpPeers#punched}.
   */
  void expect(InetSocketAddress remote);

  /** Takes {@link #expect} back. */
  void forget(InetSocketAddress remote);

  /**
   * Gives {@code connection}, which is in no selector, to the application's next accept. The
   * channel itself is still to be closed.
   *
   * @param remote what the application is to see as the remote address
   * @return {@code false} if the application has closed the listener
   */
  boolean deliver(SocketChannel connection, InetSocketAddress remote) throws IOException;

  /** Whether deliveries wait for the application to accept. */
  boolean waiting();

  /** Wakes the application's accept once more. */
  void ring();
}
