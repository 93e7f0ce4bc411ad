package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.net.RateLimit;
import io.bradawl.rendezvous.net.Source;
import io.bradawl.rendezvous.net.Tally;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.turn.TurnTakeover;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets new TCP connections in, up to the limit, and sets their pipeline up. */
final class ConnectionGate extends ChannelInitializer<Channel> {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);

  private final SignalRouter router;
  private final Limits limits;
  private final ChannelGroup connections;
  private final BindingResponder binding;
  private final @Nullable TurnTakeover turn;
  private final Telemetry telemetry;
  private final Tally<Source> sources = new Tally<>();
  private final RateLimit complaints = new RateLimit(10, 100, System.nanoTime());

  /**
   * @param connections holds the connections that are open
   * @param binding answers those that only ask for their address
   * @param turn takes over those that are the relay's; {@code null} without relay
   */
  ConnectionGate(
      SignalRouter router,
      Limits limits,
      ChannelGroup connections,
      BindingResponder binding,
      @Nullable TurnTakeover turn,
      Telemetry telemetry) {
    this.router = router;
    this.limits = limits;
    this.connections = connections;
    this.binding = binding;
    this.turn = turn;
    this.telemetry = telemetry;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (connections.size() >= limits.connections()) {
      telemetry.count(Measure.TOO_MANY_CONNECTIONS);
      turnAway(channel, connections.size() + " are open; raise --max-connections");
    } else if (!count(channel)) {
      telemetry.count(Measure.TOO_MANY_OF_SOURCE);
      turnAway(channel, "as many from there are open as may; raise --max-connections-per-source");
    } else {
      connections.add(channel);
      enter(channel);
      setUp(channel);
    }
  }

  private void enter(Channel channel) {
    telemetry.count(Measure.CONNECTIONS_ACCEPTED);
    telemetry.measures().add(Measure.CONNECTIONS, 1);
    channel.closeFuture().addListener(closed -> telemetry.measures().add(Measure.CONNECTIONS, -1));
  }

  private boolean count(Channel channel) {
    Source source = Source.of(((InetSocketAddress) channel.remoteAddress()).getAddress());
    if (!sources.enter(source, limits.quotas().connectionsPerSource())) {
      return false;
    }
    channel.closeFuture().addListener(closed -> sources.leave(source));
    return true;
  }

  private void turnAway(Channel channel, String why) {
    if (complaints.take(System.nanoTime())) {
      LOG.warn("connection from {} turned away: {}", channel.remoteAddress(), why);
    }
    channel.close();
  }

  private void setUp(Channel channel) {
    channel
        .pipeline()
        .addLast(new StunStreamDecoder(turn))
        .addLast(new SilenceGuard(limits.firstMessage(), limits.silence()))
        .addLast(new SignallingHandler(router, binding, limits, complaints, telemetry));
  }
}
