package io.bradawl.agent.hook.tcp;

import io.bradawl.runtime.tcp.AppListener;
import io.bradawl.runtime.tcp.ReuseMode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import sun.nio.ch.BradawlTcpListener;

/** A listener of the application as the bridge sees it, in the runtime's terms. */
final class BridgedListener implements AppListener {

  private final BradawlTcpListener listener;
  private final ReuseMode reuse;

  BridgedListener(BradawlTcpListener listener, ReuseMode reuse) {
    this.listener = listener;
    this.reuse = reuse;
  }

  @Override
  public InetSocketAddress local() {
    return listener.local();
  }

  @Override
  public ReuseMode reuse() {
    return reuse;
  }

  @Override
  public void makeReusable() throws IOException {
    listener.makeReusable();
  }

  @Override
  public void expect(InetSocketAddress remote) {
    listener.expect(remote);
  }

  @Override
  public void forget(InetSocketAddress remote) {
    listener.forget(remote);
  }

  @Override
  public boolean deliver(SocketChannel connection, InetSocketAddress remote) throws IOException {
    return listener.deliver(connection, remote);
  }

  @Override
  public boolean waiting() {
    return listener.waiting();
  }

  @Override
  public void ring() {
    listener.ring();
  }
}
