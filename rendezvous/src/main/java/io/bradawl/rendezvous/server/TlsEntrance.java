package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.net.RateLimits;
import io.bradawl.rendezvous.net.Source;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Puts TLS before all that a plain connection has. A handshake costs the server more than the
 * client, so those of one source are limited, and so are those that are under way: their
 * calculations are made by a thread of their own, so that they do not hold up who is connected.
 */
final class TlsEntrance extends ChannelInitializer<Channel> {

  /** Of all sources together; each takes up to 100 KiB until it is done. */
  private static final int UNDER_WAY = 500;

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final ConnectionGate gate;
  private final Executor calculations;
  private final Duration patience;
  private final RateLimits<Source> rates;
  private final Telemetry telemetry;
  private volatile SslContext context;
  private int underWay;

  /**
   * @param context of new connections, see {@link #renew}
   * @param calculations makes those of handshakes
   */
  TlsEntrance(
      ConnectionGate gate,
      SslContext context,
      Executor calculations,
      Limits limits,
      Telemetry telemetry) {
    this.gate = gate;
    this.context = context;
    this.calculations = calculations;
    this.patience = limits.firstMessage();
    this.rates = new RateLimits<>(limits.quotas().joinsPerSource());
    this.telemetry = telemetry;
  }

  /** New connections see the new certificate; those that are there do not notice. */
  void renew(SslContext now) {
    context = now;
  }

  @Override
  protected void initChannel(Channel channel) {
    Source source = Source.of(((InetSocketAddress) channel.remoteAddress()).getAddress());
    if (underWay >= UNDER_WAY || !rates.take(source, System.nanoTime())) {
      telemetry.count(Measure.TLS_LIMITED);
      channel.close();
      return;
    }
    channel.pipeline().addLast(gate);
    if (channel.isOpen()) {
      channel.pipeline().addFirst(handler(channel));
    }
  }

  private SslHandler handler(Channel channel) {
    SslHandler handler = context.newHandler(channel.alloc(), calculations);
    handler.setHandshakeTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    // One message, one record: some clients read a record and look for a single message in it.
    handler.setWrapDataSize(0);
    handler.setCloseNotifyFlushTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    underWay++;
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              underWay--;
              telemetry.count(done.isSuccess() ? Measure.TLS_DONE : Measure.TLS_FAILED);
            });
    return handler;
  }
}
