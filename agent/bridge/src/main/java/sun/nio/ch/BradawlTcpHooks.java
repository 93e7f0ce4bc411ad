package sun.nio.ch;

import java.nio.channels.SocketChannel;

/** What the woven TCP code of the JDK asks of the agent. All methods must return at once. */
public interface BradawlTcpHooks {

  /**
   * The application connects to a virtual address. Its socket stays "connecting" until {@link
   * BradawlTcpAttempt#commit} or {@link BradawlTcpAttempt#fail}. Called on the application's
   * thread.
   */
  void connecting(BradawlTcpAttempt attempt);

  /**
   * The application's accept came upon a connection that was announced with {@link
   * BradawlTcpListener#expect}. The connection is the agent's from now on; it is in blocking mode.
   */
  void punched(BradawlTcpListener listener, SocketChannel connection);

  /**
   * The application is closing the listener; it takes no more deliveries. Called on the
   * application's thread.
   */
  void closed(BradawlTcpListener listener);
}
