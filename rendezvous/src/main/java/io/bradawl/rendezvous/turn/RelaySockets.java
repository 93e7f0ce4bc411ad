package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.turn.Wish;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.net.Inlet;
import io.bradawl.rendezvous.net.Outlet;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens relay sockets on one event loop. */
final class RelaySockets {

  /** Other programs of the machine may use ports of the range, but not many. */
  private static final int ATTEMPTS = 16;

  private static final int BACKLOG = 128;
  private static final AttributeKey<TcpRelay> RELAY =
      AttributeKey.valueOf(RelaySockets.class, "relay");

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous.turn");

  /** Either a relay, or why there is none. */
  record Outcome(
      @Nullable ServerRelay relay, @Nullable ReservationToken reserved, @Nullable ErrorCode error) {

    static Outcome none(int code, String reason) {
      return new Outcome(null, null, new ErrorCode(code, reason));
    }
  }

  private final RelayServer server;
  private final Batch batch;
  private final BiConsumer<TcpRelay, Channel> arrivals;

  /**
   * @param arrivals is told of connections of peers
   */
  RelaySockets(RelayServer server, Batch batch, BiConsumer<TcpRelay, Channel> arrivals) {
    this.server = server;
    this.batch = batch;
    this.arrivals = arrivals;
  }

  /** Opens one of the family; {@code then} is called once, later and on this event loop. */
  void open(Wish<?> wish, int family, Consumer<Outcome> then) {
    open(wish, family, then, ATTEMPTS);
  }

  private void open(Wish<?> wish, int family, Consumer<Outcome> then, int attempts) {
    try {
      PortClaim claim = server.ports().claim(wish, family, System.nanoTime());
      bind(wish, claim)
          .addListener(
              (ChannelFuture bound) -> {
                if (bound.isSuccess()) {
                  Channel channel = bound.channel();
                  channel.closeFuture().addListener(closed -> server.ports().give(claim));
                  then.accept(new Outcome(relay(wish, claim, channel), claim.reserved(), null));
                } else {
                  server.ports().giveAll(claim);
                  again(bound, wish, family, then, attempts - 1);
                }
              });
    } catch (NoPortException e) {
      then.accept(new Outcome(null, null, e.error()));
    }
  }

  private void again(
      ChannelFuture failed, Wish<?> wish, int family, Consumer<Outcome> then, int attempts) {
    LOG.debug("relay socket: {}", String.valueOf(failed.cause()));
    if (attempts > 0 && wish.token() == null) {
      open(wish, family, then, attempts);
    } else {
      LOG.warn("no relay socket can be opened: {}", String.valueOf(failed.cause()));
      then.accept(Outcome.none(ErrorCode.INSUFFICIENT_CAPACITY, "no socket"));
    }
  }

  private ChannelFuture bind(Wish<?> wish, PortClaim claim) {
    return wish.transport() == Transport.UDP
        ? udp(claim).bind(claim.bound())
        : tcp().bind(claim.bound());
  }

  private Bootstrap udp(PortClaim claim) {
    return new Bootstrap()
        .group(batch.loop())
        .channelFactory(() -> server.io().udp(claim.address().bound()))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                Inlet.open(channel, Inlet.OF_RELAY);
              }
            });
  }

  /** Connections to peers leave from the same port (RFC 6062 section 5.2). */
  private ServerBootstrap tcp() {
    return server
        .io()
        .sharing(new ServerBootstrap())
        .group(batch.loop())
        .channel(server.io().tcp())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                arrived(channel);
              }
            });
  }

  private void arrived(Channel channel) {
    TcpRelay relay = channel.parent().attr(RELAY).get();
    if (relay == null) {
      channel.close();
    } else {
      arrivals.accept(relay, channel);
    }
  }

  private ServerRelay relay(Wish<?> wish, PortClaim claim, Channel channel) {
    if (wish.transport() == Transport.UDP) {
      Outlet outlet = new Outlet(channel, batch, server.segmentation(), server::congested);
      UdpRelay relay = new UdpRelay(channel, claim.told(), server.directory(), outlet);
      channel.pipeline().addLast(relay);
      return relay;
    }
    TcpRelay relay = new TcpRelay(channel, claim.told(), server.directory());
    channel.attr(RELAY).set(relay);
    return relay;
  }
}
