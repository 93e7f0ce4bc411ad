package io.bradawl.rendezvous.turn;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ends of two connections see that a pair of pipes joins. */
class PipeTest {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int MUCH = 20_000_000;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private Socket one;
  private Socket other;

  @BeforeEach
  void join() throws Exception {
    try (ServerSocket ones = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket others = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Channel toOne = connect(ones);
      Channel toOther = connect(others);
      one = ones.accept();
      other = others.accept();
      one.setSoTimeout(PATIENCE_MILLIS);
      other.setSoTimeout(PATIENCE_MILLIS);
      toOne.eventLoop().submit(() -> join(toOne, toOther)).sync();
    }
  }

  /** On the event loop, as the server does it: no event comes between. */
  private static void join(Channel toOne, Channel toOther) {
    toOne.pipeline().addLast(new Pipe(toOther, octets -> 0));
    toOther.pipeline().addLast(new Pipe(toOne, octets -> 0));
    toOne.config().setAutoRead(true);
    toOther.config().setAutoRead(true);
  }

  private Channel connect(ServerSocket listener) throws InterruptedException {
    return new Bootstrap()
        .group(group)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .handler(new ChannelInboundHandlerAdapter())
        .connect(listener.getLocalSocketAddress())
        .sync()
        .channel();
  }

  @AfterEach
  void close() throws IOException {
    one.close();
    other.close();
    group.shutdownGracefully(0, 5, SECONDS).awaitUninterruptibly();
  }

  @Test
  void oneDirectionEndsWhileMuchIsStillToComeBack() throws Exception {
    byte[] data = new byte[MUCH];
    new Random(1).nextBytes(data);
    Future<byte[]> echoed = background(() -> one.getInputStream().readAllBytes());
    Future<byte[]> echo =
        background(
            () -> {
              other.getInputStream().transferTo(other.getOutputStream());
              other.close();
              return data;
            });
    one.getOutputStream().write(data);
    one.shutdownOutput();
    echo.get(PATIENCE_MILLIS, MILLISECONDS);
    assertThat(Arrays.equals(echoed.get(PATIENCE_MILLIS, MILLISECONDS), data)).isTrue();
  }

  /** The reader is so late that the pipe has to wait for it. */
  @Test
  void whatFollowsTheEndOfTheOtherDirectionMayBeSlow() throws Exception {
    byte[] data = new byte[MUCH];
    new Random(2).nextBytes(data);
    one.shutdownOutput();
    assertThat(other.getInputStream().read()).isEqualTo(-1);
    Future<byte[]> sent =
        background(
            () -> {
              other.getOutputStream().write(data);
              other.close();
              return data;
            });
    byte[] read = new byte[MUCH];
    for (int at = 0; at < MUCH; at += MUCH / 4) {
      Thread.sleep(300);
      assertThat(one.getInputStream().readNBytes(read, at, MUCH / 4)).isEqualTo(MUCH / 4);
    }
    sent.get(PATIENCE_MILLIS, MILLISECONDS);
    assertThat(Arrays.equals(read, data)).isTrue();
    assertThat(one.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void theOtherDirectionGoesOn() throws Exception {
    one.shutdownOutput();
    assertThat(other.getInputStream().read()).isEqualTo(-1);
    other.getOutputStream().write(7);
    assertThat(one.getInputStream().read()).isEqualTo(7);
    other.close();
    assertThat(one.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aResetIsPassedOn() throws Exception {
    one.getOutputStream().write(1);
    assertThat(other.getInputStream().read()).isEqualTo(1);
    one.setSoLinger(true, 0);
    one.close();
    assertThatThrownBy(() -> other.getInputStream().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
  }

  private static Future<byte[]> background(Callable<byte[]> work) {
    FutureTask<byte[]> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
