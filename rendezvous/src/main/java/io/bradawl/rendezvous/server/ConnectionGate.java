package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.net.RateLimit;
import io.bradawl.rendezvous.net.Source;
import io.bradawl.rendezvous.net.Tally;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets new TCP connections in, up to the limit. */
final class ConnectionGate extends ChannelInitializer<Channel> {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);

  private final Limits limits;
  private final ChannelGroup connections;
  private final Consumer<Channel> inside;
  private final Telemetry telemetry;
  private final Tally<Source> sources = new Tally<>();
  private final RateLimit complaints = new RateLimit(RateLimit.Rate.of(10, 100), System.nanoTime());

  /**
   * @param connections holds the connections that are open
   * @param inside gets those that are let in
   */
  ConnectionGate(
      Limits limits, ChannelGroup connections, Consumer<Channel> inside, Telemetry telemetry) {
    this.limits = limits;
    this.connections = connections;
    this.inside = inside;
    this.telemetry = telemetry;
  }

  @Override
  protected void initChannel(Channel channel) {
    Source source = Source.of(((InetSocketAddress) channel.remoteAddress()).getAddress());
    if (connections.size() >= limits.connections()) {
      telemetry.count(Measure.TOO_MANY_CONNECTIONS);
      turnAway(channel, connections.size() + " are open; raise --max-connections");
    } else if (!sources.enter(source, limits.quotas().connectionsPerSource())) {
      telemetry.count(Measure.TOO_MANY_OF_SOURCE);
      turnAway(channel, "as many from there are open as may; raise --max-connections-per-source");
    } else {
      letIn(channel, source);
    }
  }

  private void letIn(Channel channel, Source source) {
    telemetry.count(Measure.CONNECTIONS_ACCEPTED);
    telemetry.measures().add(Measure.CONNECTIONS, 1);
    channel.closeFuture().addListener(closed -> left(source));
    connections.add(channel);
    inside.accept(channel);
  }

  private void left(Source source) {
    telemetry.measures().add(Measure.CONNECTIONS, -1);
    sources.leave(source);
  }

  private void turnAway(Channel channel, String why) {
    if (complaints.take(System.nanoTime())) {
      LOG.warn("connection from {} turned away: {}", channel.remoteAddress(), why);
    }
    channel.close();
  }
}
