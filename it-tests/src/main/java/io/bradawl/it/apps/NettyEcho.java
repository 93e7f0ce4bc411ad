package io.bradawl.it.apps;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** An echo server on Netty's NIO transport, TCP and UDP on the same port. */
public final class NettyEcho {
  private NettyEcho() {}

  /** Argument: the port. Runs until killed. */
  public static void main(String[] args) throws InterruptedException {
    int port = Integer.parseInt(args[0]);
    NioEventLoopGroup group = new NioEventLoopGroup(2);
    Channel listener =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Echo())
            .bind(port)
            .sync()
            .channel();
    new Bootstrap()
        .group(group)
        .channel(NioDatagramChannel.class)
        .handler(new Echo())
        .bind(port)
        .sync();
    System.out.println("Netty echo on port " + port);
    listener.closeFuture().sync();
  }

  /** Sends back what comes, to whom it came from. */
  @Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      System.out.println("active: " + context.channel().remoteAddress());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof DatagramPacket datagram) {
        ByteBuf content = datagram.content();
        context.writeAndFlush(new DatagramPacket(content, datagram.sender()));
      } else {
        context.writeAndFlush(message);
      }
    }
  }
}
