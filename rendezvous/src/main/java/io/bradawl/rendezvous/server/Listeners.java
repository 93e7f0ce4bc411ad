package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.net.Inlet;
import io.bradawl.rendezvous.net.IoKind;
import io.bradawl.rendezvous.net.Unlistened;
import io.bradawl.rendezvous.stun.BindingService;
import io.bradawl.rendezvous.stun.Seat;
import io.bradawl.rendezvous.turn.RelayServer;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets that wait for whoever comes. */
final class Listeners implements AutoCloseable {

  /** For all connections; by default each has one of its own, which reads as often at once. */
  private static final RecvByteBufAllocator READS =
      new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(16);

  private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(32 * 1024, 64 * 1024);
  private static final int BACKLOG = 1024;
  private static final int ATTEMPTS_AT_ANY_PORT = 16;
  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  private final IoKind io;
  private final Threads threads;
  private final BindingService stun;
  private final @Nullable RelayServer relay;
  private final int room;
  private final List<Channel> all = new ArrayList<>();
  private final List<Channel> udp = new ArrayList<>();

  /**
   * @param stun answers datagrams that are not the relay's
   * @param relay {@code null} for none
   * @param room octets of datagrams that may wait at each socket
   */
  Listeners(
      IoKind io, Threads threads, BindingService stun, @Nullable RelayServer relay, int room) {
    this.io = io;
    this.threads = threads;
    this.stun = stun;
    this.relay = relay;
    this.room = room;
  }

  /**
   * UDP and TCP on one port. One UDP socket for each thread; the kernel gives all datagrams of one
   * source to the same. A port that the kernel chooses is free for TCP, but may be taken for UDP:
   * then another one is asked for.
   *
   * @return where, with the real port
   */
  InetSocketAddress open(InetSocketAddress address, ChannelHandler entrance) throws IOException {
    int attempts = address.getPort() == 0 ? ATTEMPTS_AT_ANY_PORT : 1;
    while (true) {
      int before = all.size();
      try {
        return openBoth(address, entrance);
      } catch (IOException e) {
        attempts--;
        if (attempts == 0) {
          throw e;
        }
        close(all.subList(before, all.size()));
      }
    }
  }

  private InetSocketAddress openBoth(InetSocketAddress address, ChannelHandler entrance)
      throws IOException {
    InetSocketAddress bound = openTcp("tcp", address, entrance);
    List<Channel> sockets = new ArrayList<>();
    for (EventExecutor thread : threads.datagrams()) {
      Bootstrap socket = udp(Seat.FIRST, bound).group((EventLoop) thread);
      sockets.add(bind("udp", bound, socket.bind(bound)));
    }
    udp.add(sockets.get(0));
    tellIfLittleRoom(sockets.get(0));
    return bound;
  }

  /**
   * @return where, with the real port
   */
  InetSocketAddress openTcp(String label, InetSocketAddress address, ChannelHandler entrance)
      throws IOException {
    return (InetSocketAddress) bind(label, address, tcp(entrance).bind(address)).localAddress();
  }

  /** Lets clients find out how their NAT behaves. */
  void discover(InetSocketAddress alternate, ExternalAddresses external) throws IOException {
    DiscoverySockets sockets =
        DiscoverySockets.open(
            udp,
            alternate,
            external,
            (seat, address) ->
                bind("udp", address, udp(seat, address).group(threads.datagrams()).bind(address)));
    stun.discover(sockets.addresses(), sockets.channels());
  }

  /** Bursts that do not fit are lost, without a trace here. */
  private void tellIfLittleRoom(Channel socket) {
    int got = io.receiveBuffer(socket);
    if (got < room) {
      LOG.info(
          "UDP sockets hold {} KiB until they are read, not {} as --udp-buffer says: raise"
              + " net.core.rmem_max",
          got / 1024,
          room / 1024);
    }
  }

  private Bootstrap udp(Seat seat, InetSocketAddress address) {
    Bootstrap socket =
        new Bootstrap()
            .channelFactory(() -> io.listener(address.getAddress()))
            .option(ChannelOption.SO_RCVBUF, room);
    if (io.sharesPorts()) {
      socket.option(UnixChannelOption.SO_REUSEPORT, true);
    }
    return socket.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            Inlet.open(channel, Inlet.OF_LISTENER);
            if (relay != null) {
              channel.pipeline().addLast(relay.udp(channel.eventLoop()));
            }
            channel.pipeline().addLast(stun.datagrams(seat));
          }
        });
  }

  private ServerBootstrap tcp(ChannelHandler entrance) {
    return new ServerBootstrap()
        .group(threads.connections())
        .channel(io.tcp())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
        .childHandler(entrance);
  }

  private Channel bind(String label, InetSocketAddress address, ChannelFuture bind)
      throws IOException {
    bind.awaitUninterruptibly();
    Throwable cause = bind.cause();
    if (cause != null) {
      throw Unlistened.because(cause, label, address, "address");
    }
    all.add(bind.channel());
    return bind.channel();
  }

  @Override
  public void close() {
    close(all);
  }

  private static void close(List<Channel> listeners) {
    listeners.forEach(listener -> listener.close().syncUninterruptibly());
    listeners.clear();
  }
}
