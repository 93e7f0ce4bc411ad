package io.bradawl.agent.hook.tcp;

import io.bradawl.runtime.tcp.AppSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import sun.nio.ch.BradawlTcpAttempt;

/** A connect of the application as the bridge sees it, in the runtime's terms. */
final class BridgedSocket implements AppSocket {

  private final BradawlTcpAttempt attempt;

  BridgedSocket(BradawlTcpAttempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public boolean isOpen() {
    return attempt.isOpen();
  }

  @Override
  public long began() {
    return attempt.began();
  }

  @Override
  public @Nullable InetSocketAddress bound() {
    return attempt.bound();
  }

  @Override
  public boolean commit(SocketChannel connection) throws IOException {
    return attempt.commit(connection);
  }

  @Override
  public void fail(IOException reason) {
    attempt.fail(reason);
  }
}
