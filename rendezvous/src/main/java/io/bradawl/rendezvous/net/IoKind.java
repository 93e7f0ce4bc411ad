package io.bradawl.rendezvous.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Netty's native epoll where it is present, the JDK's own channels elsewhere. */
public enum IoKind {
  EPOLL(EpollServerSocketChannel.class, EpollDatagramChannel.class),
  NIO(NioServerSocketChannel.class, NioDatagramChannel.class);

  private final Class<? extends ServerSocketChannel> tcp;
  private final Class<? extends DatagramChannel> udp;

  IoKind(Class<? extends ServerSocketChannel> tcp, Class<? extends DatagramChannel> udp) {
    this.tcp = tcp;
    this.udp = udp;
  }

  public static IoKind best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  public Class<? extends ServerSocketChannel> tcp() {
    return tcp;
  }

  public Class<? extends DatagramChannel> udp() {
    return udp;
  }

  /** An open UDP channel of the family of {@code address}, and of no other. */
  public DatagramChannel udp(InetAddress address) {
    SocketProtocolFamily family =
        address instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    return this == EPOLL ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
  }

  /** A group of one thread. */
  public EventLoopGroup loop(String name) {
    return loops(name, 1);
  }

  /** A group of as many threads as can share a port, at most {@code most}. */
  public EventLoopGroup loops(String name, int most) {
    var handlers = this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(
        sharesPorts() ? most : 1, new DefaultThreadFactory(name), handlers);
  }

  /** Whether several sockets can listen on one port, each of which gets a part of the sources. */
  public boolean sharesPorts() {
    return this == EPOLL;
  }
}
