package io.bradawl.rendezvous.http;

import io.bradawl.rendezvous.net.Unlistened;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Serves pages over HTTP/1.1, in plain text: it is meant for loopback or a network of one's own.
 */
final class HttpPort implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 64;
  private static final int SECONDS_BETWEEN_REQUESTS = 60;

  /** Nothing that is asked for has a body. */
  private static final int MOST_CONTENT = 1024;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("rendezvous-http", true), NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(loop.next());
  private final Map<String, Page> pages;
  private final Channel listener;

  /**
   * Listens.
   *
   * @param pages by path
   * @throws IOException if {@code address} cannot be listened on; the message names it
   */
  HttpPort(InetSocketAddress address, Map<String, Page> pages) throws IOException {
    this.pages = Map.copyOf(pages);
    ChannelFuture bind =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Gate())
            .bind(address)
            .awaitUninterruptibly();
    listener = bind.channel();
    Throwable cause = bind.cause();
    if (cause != null) {
      close();
      throw Unlistened.because(cause, "http", address, "--http");
    }
  }

  /** With the real port. */
  InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /**
   * Answers what comes over a connection. The timeout stands behind the aggregator: octets that
   * make no request do not count.
   */
  static void converse(ChannelPipeline connection, Map<String, Page> pages) {
    connection
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(MOST_CONTENT, true))
        .addLast(new ReadTimeoutHandler(SECONDS_BETWEEN_REQUESTS))
        .addLast(new FlowControlHandler())
        .addLast(new HttpExchange(pages));
  }

  /** Sets up connections, as many as may be. */
  private final class Gate extends ChannelInitializer<Channel> {

    @Override
    protected void initChannel(Channel channel) {
      if (connections.size() >= MOST_CONNECTIONS) {
        channel.close();
        return;
      }
      connections.add(channel);
      converse(channel.pipeline(), pages);
    }
  }
}
