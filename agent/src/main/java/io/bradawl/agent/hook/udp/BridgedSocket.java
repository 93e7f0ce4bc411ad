package io.bradawl.agent.hook.udp;

import io.bradawl.runtime.udp.AppDatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sun.nio.ch.BradawlUdpSocket;

/** The application's socket as the bridge sees it, in the runtime's terms. */
record BridgedSocket(BradawlUdpSocket socket) implements AppDatagramSocket {

  @Override
  public boolean send(ByteBuffer datagram, InetSocketAddress to) {
    return socket.sendRaw(datagram, to);
  }

  @Override
  public void sendLast(ByteBuffer datagram, InetSocketAddress to) {
    socket.sendLast(datagram, to);
  }

  @Override
  public @Nullable InetSocketAddress local() {
    return socket.local();
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public boolean isIpv6() {
    return socket.isIpv6();
  }

  @Override
  public int reads() {
    return socket.reads();
  }

  @Override
  public void pump(int most) {
    socket.pump(most);
  }

  @Override
  public void deliver(ByteBuffer datagram, InetSocketAddress source) {
    socket.deliver(datagram, source);
  }

  @Override
  public void unreachable(InetSocketAddress virtual) {
    socket.unreachable(virtual);
  }
}
