package io.bradawl.it.apps;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client of {@link NettyEcho} on Netty's NIO transport. */
public final class NettyAsk {
  private static final String QUESTION = "hello from Netty";
  private static final int LIMIT_MILLIS = 20_000;

  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private NettyAsk() {}

  /**
   * Arguments: {@code tcp} or {@code udp}, host, port. The exit status is 0 if the right answer
   * came.
   */
  public static void main(String[] args) throws Exception {
    NettyAsk ask = new NettyAsk();
    NioEventLoopGroup group = new NioEventLoopGroup(1);
    try {
      ask.send(group, args[0], args[1], Integer.parseInt(args[2]));
      System.out.println("answer: " + ask.answer.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS));
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private void send(NioEventLoopGroup group, String protocol, String host, int port)
      throws InterruptedException {
    Bootstrap bootstrap = new Bootstrap().group(group).handler(new Answer());
    ByteBuf question = Unpooled.copiedBuffer(QUESTION, StandardCharsets.US_ASCII);
    if (protocol.equals("tcp")) {
      Channel channel =
          bootstrap.channel(NioSocketChannel.class).connect(host, port).sync().channel();
      System.out.println("connected to " + channel.remoteAddress());
      channel.writeAndFlush(question).sync();
    } else {
      Channel channel = bootstrap.channel(NioDatagramChannel.class).bind(0).sync().channel();
      channel.writeAndFlush(new DatagramPacket(question, new InetSocketAddress(host, port))).sync();
    }
  }

  /** Keeps the first message. */
  private final class Answer extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf content =
          message instanceof DatagramPacket datagram ? datagram.content() : (ByteBuf) message;
      answer.complete(content.toString(StandardCharsets.US_ASCII));
      ReferenceCountUtil.release(message);
    }
  }
}
