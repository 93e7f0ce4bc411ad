package io.bradawl.agent.hook.udp;

import io.bradawl.agent.config.ExposedPorts;
import io.bradawl.protocol.address.Transport;
import io.bradawl.runtime.udp.UdpPeers;
import io.bradawl.runtime.udp.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sun.nio.ch.BradawlUdpHooks;
import sun.nio.ch.BradawlUdpSocket;

/** Takes the bridge's calls to the runtime. */
final class UdpHooks implements BradawlUdpHooks {

  private final UdpPeers peers;
  private final ExposedPorts exposed;

  UdpHooks(UdpPeers peers, ExposedPorts exposed) {
    this.peers = peers;
    this.exposed = exposed;
  }

  @Override
  public boolean serves(InetAddress ip, int port) {
    return !ip.isLoopbackAddress()
        && !ip.isMulticastAddress()
        && exposed.include(Transport.UDP, port);
  }

  @Override
  public void bound(BradawlUdpSocket socket, int port) {
    peers.serve(of(socket), port);
  }

  @Override
  public boolean isPeer(InetAddress ip) {
    return peers.isPeer(ip);
  }

  @Override
  public void connected(BradawlUdpSocket socket, InetSocketAddress target) {
    of(socket).connected(target);
  }

  @Override
  public int sealRoom() {
    return UdpSocket.SEAL_ROOM;
  }

  @Override
  public @Nullable InetSocketAddress route(
      BradawlUdpSocket socket, InetSocketAddress target, ByteBuffer datagram, ByteBuffer into) {
    return of(socket).route(target, datagram, into);
  }

  @Override
  public boolean control(
      BradawlUdpSocket socket, ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    return of(socket).control(datagram, ipHigh, ipLow, port);
  }

  @Override
  public @Nullable InetSocketAddress source(
      BradawlUdpSocket socket, ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    InetSocketAddress source = of(socket).source(datagram, ipHigh, ipLow, port);
    return source == UdpSocket.REJECTED ? REJECTED : source;
  }

  @Override
  public void closing(BradawlUdpSocket socket) {
    of(socket).closing();
  }

  @Override
  public void closed(BradawlUdpSocket socket) {
    peers.closed(of(socket));
  }

  private UdpSocket of(BradawlUdpSocket socket) {
    return socket.attachment() instanceof UdpSocket known ? known : attach(socket);
  }

  private UdpSocket attach(BradawlUdpSocket socket) {
    synchronized (socket) {
      if (socket.attachment() instanceof UdpSocket known) {
        return known;
      }
      UdpSocket fresh = peers.attach(new BridgedSocket(socket));
      socket.attach(fresh);
      return fresh;
    }
  }
}
