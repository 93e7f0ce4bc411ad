package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.turn.Wish;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens relay sockets on one event loop. */
final class RelaySockets {

  /** Other programs of the machine may use ports of the range, but not many. */
  private static final int ATTEMPTS = 16;

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

  RelaySockets(RelayServer server, Batch batch) {
    this.server = server;
    this.batch = batch;
  }

  /** Opens one of the family; {@code then} is called once, later and on this event loop. */
  void open(Wish<?> wish, int family, Consumer<Outcome> then) {
    open(wish, family, then, ATTEMPTS);
  }

  private void open(Wish<?> wish, int family, Consumer<Outcome> then, int attempts) {
    try {
      PortClaim claim = server.ports().claim(wish, family, System.nanoTime());
      bootstrap(claim)
          .bind(claim.bound())
          .addListener(
              (ChannelFuture bound) -> {
                if (bound.isSuccess()) {
                  then.accept(opened(claim, bound.channel()));
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

  private Bootstrap bootstrap(PortClaim claim) {
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

  private Outcome opened(PortClaim claim, Channel channel) {
    Outlet outlet = new Outlet(channel, batch, server.segmentation(), server.telemetry());
    UdpRelay relay = new UdpRelay(channel, claim.told(), server.directory(), outlet);
    channel.pipeline().addLast(relay);
    channel.closeFuture().addListener(closed -> server.ports().give(claim));
    return new Outcome(relay, claim.reserved(), null);
  }
}
