package io.bradawl.agent.it;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application with a Netty, an SLF4J and a Byte Buddy of its own. It uses them, says where they
 * come from, prints the port it listens on and waits for its input to end.
 */
@SuppressWarnings("deprecation") // the event loop group of the older Netty that this is run with
final class OwnLibraries {

  private OwnLibraries() {}

  public static void main(String[] arguments) throws Exception {
    for (Class<?> type : new Class<?>[] {Channel.class, Logger.class, ByteBuddy.class}) {
      System.out.println(type.getName() + " of " + jar(type));
    }
    System.out.println("generated " + generated());
    LoggerFactory.getLogger("own").info("logged");
    EventLoopGroup group = new NioEventLoopGroup(1);
    try {
      Channel server = listen(group);
      System.out.println("echoed " + ask(group, server));
      System.out.println(((InetSocketAddress) server.localAddress()).getPort());
      awaitEnd();
    } finally {
      group.shutdownGracefully();
    }
  }

  private static Path jar(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .getFileName();
  }

  private static Object generated() throws ReflectiveOperationException {
    return new ByteBuddy()
        .subclass(Object.class)
        .method(ElementMatchers.named("toString"))
        .intercept(FixedValue.value("class"))
        .make()
        .load(OwnLibraries.class.getClassLoader())
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance();
  }

  private static Channel listen(EventLoopGroup group) throws InterruptedException {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(new Echo())
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  private static byte ask(EventLoopGroup group, Channel server) throws Exception {
    CompletableFuture<Byte> answer = new CompletableFuture<>();
    Channel client =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(new Answer(answer))
            .connect(server.localAddress())
            .sync()
            .channel();
    client.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {42})).sync();
    byte first = answer.get();
    client.close().sync();
    return first;
  }

  private static void awaitEnd() throws IOException {
    int read = 0;
    while (read >= 0) {
      read = System.in.read();
    }
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }

  private static final class Answer extends SimpleChannelInboundHandler<ByteBuf> {
    private final CompletableFuture<Byte> first;

    Answer(CompletableFuture<Byte> first) {
      this.first = first;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      first.complete(message.getByte(message.readerIndex()));
    }
  }
}
