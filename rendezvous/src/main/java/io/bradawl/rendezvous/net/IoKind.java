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
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

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

  /** A group of one thread. */
  public EventLoopGroup loop(String name) {
    var handlers = this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name), handlers);
  }
}
