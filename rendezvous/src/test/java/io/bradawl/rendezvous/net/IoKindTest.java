package io.bradawl.rendezvous.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both kinds of channels say of themselves. */
class IoKindTest {

  private static final int ROOM = 64 * 1024;

  @ParameterizedTest
  @EnumSource(IoKind.class)
  void aConnectionThatIsWatchedAsksWhetherItsOtherSideIsThere(IoKind io) throws Exception {
    EventLoopGroup loop = io.loop("test");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Channel connection =
          new Bootstrap()
              .group(loop)
              .channel(io.stream())
              .handler(new ChannelInboundHandlerAdapter())
              .connect(listener.getLocalSocketAddress())
              .sync()
              .channel();
      io.watch(connection);
      Map<String, Object> options = new HashMap<>();
      connection
          .config()
          .getOptions()
          .forEach((option, value) -> options.put(option.name().replaceAll(".*#", ""), value));
      assertThat(options).containsEntry("SO_KEEPALIVE", true).containsEntry("TCP_KEEPIDLE", 60);
      connection.close().sync();
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  @ParameterizedTest
  @EnumSource(IoKind.class)
  void theRoomOfASocketIsWhatWasAskedFor(IoKind io) throws Exception {
    InetAddress ip = InetAddress.getLoopbackAddress();
    EventLoopGroup loop = io.loop("test");
    try {
      Channel channel =
          new Bootstrap()
              .group(loop)
              .channelFactory(() -> io.listener(ip))
              .option(ChannelOption.SO_RCVBUF, ROOM)
              .handler(new ChannelInboundHandlerAdapter())
              .bind(new InetSocketAddress(ip, 0))
              .sync()
              .channel();
      assertThat(io.receiveBuffer(channel)).isEqualTo(ROOM);
      channel.close().sync();
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }
}
