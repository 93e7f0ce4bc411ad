package io.bradawl.rendezvous.net;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;

/** Netty's native epoll where it is present, the JDK's own channels elsewhere. */
public enum IoKind {
  EPOLL(EpollServerSocketChannel.class),
  NIO(NioServerSocketChannel.class);

  /** SOL_SOCKET and SO_REUSEPORT; Netty's own option is for listeners only. */
  private static final ChannelOption<Integer> REUSE_PORT_OF_LINUX =
      new IntegerUnixChannelOption("SO_REUSEPORT", 1, 15);

  private static final int KEEPALIVE_IDLE_SECONDS = 60;
  private static final int KEEPALIVE_INTERVAL_SECONDS = 60;
  private static final int KEEPALIVE_PROBES = 10;

  private final Class<? extends ServerSocketChannel> tcp;

  IoKind(Class<? extends ServerSocketChannel> tcp) {
    this.tcp = tcp;
  }

  public static IoKind best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  public Class<? extends ServerSocketChannel> tcp() {
    return tcp;
  }

  /** Octets of payload that wait at a socket at most; Linux gives twice as much and says so. */
  public int receiveBuffer(Channel socket) {
    int said = socket.config().getOption(ChannelOption.SO_RCVBUF);
    return this == EPOLL ? said / 2 : said;
  }

  /** Of connections that this side opens. */
  public Class<? extends SocketChannel> stream() {
    return this == EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /**
   * Has the kernel ask after a minute of silence whether the other side of a TCP connection is
   * still there, and reset the connection after ten unanswered ones (RFC 1122 section 4.2.3.6).
   */
  public void watch(Channel connection) {
    ChannelConfig config = connection.config();
    config.setOption(ChannelOption.SO_KEEPALIVE, true);
    if (this == EPOLL) {
      config.setOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
      config.setOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS);
      config.setOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
    } else { // where these are not supported, the kernel's own pace stays
      config.setOption(of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEPALIVE_IDLE_SECONDS);
      config.setOption(of(ExtendedSocketOptions.TCP_KEEPINTERVAL), KEEPALIVE_INTERVAL_SECONDS);
      config.setOption(of(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEPALIVE_PROBES);
    }
  }

  private static ChannelOption<Integer> of(SocketOption<Integer> option) {
    return NioChannelOption.of(option);
  }

  /** Lets several TCP sockets have one local port: a listener, and connections from it. */
  public <B extends AbstractBootstrap<B, ?>> B sharing(B bootstrap) {
    bootstrap.option(ChannelOption.SO_REUSEADDR, true);
    return this == EPOLL
        ? bootstrap.option(REUSE_PORT_OF_LINUX, 1)
        : bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
  }

  /**
   * An open UDP channel to listen on {@code address} with: of both families for the wildcard, of
   * its own family otherwise, which for IPv4 is cheaper than both.
   */
  public DatagramChannel listener(InetAddress address) {
    if (!address.isAnyLocalAddress()) {
      return udp(address);
    }
    return this == EPOLL ? new EpollDatagramChannel() : new NioDatagramChannel();
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
