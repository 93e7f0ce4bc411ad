package io.bradawl.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NettyDriverLoopTest {

  private final NettyDriverLoop loop = new NettyDriverLoop();

  @AfterEach
  void endLoop() {
    loop.close();
  }

  @Test
  void runsTimersInOrder() throws Exception {
    CompletableFuture<String> order = new CompletableFuture<>();
    StringBuilder seen = new StringBuilder();
    // Within the loop, so that neither is due before both are known.
    loop.execute(
        () -> {
          long now = loop.now();
          loop.at(now + 20_000_000, () -> order.complete(seen + "b"));
          loop.at(now + 5_000_000, () -> seen.append("a"));
        });
    assertThat(order.get(10, TimeUnit.SECONDS)).isEqualTo("ab");
  }

  @Test
  void aFailingTaskLeavesTheLoopAlive() throws Exception {
    loop.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    CompletableFuture<Boolean> alive = new CompletableFuture<>();
    loop.execute(() -> alive.complete(loop.inLoop()));
    assertThat(alive.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aReleasedChannelIsInNoSelector() throws Exception {
    try (ServerSocketChannel server =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel near = SocketChannel.open(server.getLocalAddress());
        SocketChannel far = server.accept()) {
      near.configureBlocking(false);
      AtomicInteger seen = new AtomicInteger();
      CountDownLatch first = new CountDownLatch(1);
      CompletableFuture<SocketChannel> handedOver = new CompletableFuture<>();
      loop.execute(() -> watchOnceAndRelease(near, seen, first, handedOver));
      far.write(ByteBuffer.wrap(new byte[] {1}));
      assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
      SocketChannel mine = handedOver.get(10, TimeUnit.SECONDS);

      try (Selector other = Selector.open()) {
        mine.register(other, SelectionKey.OP_READ);
        far.write(ByteBuffer.wrap(new byte[] {2}));
        assertThat(other.select(10_000)).isEqualTo(1);
      }
      assertThat(seen).hasValue(1);
    }
  }

  private void watchOnceAndRelease(
      SocketChannel channel,
      AtomicInteger seen,
      CountDownLatch first,
      CompletableFuture<SocketChannel> handedOver) {
    try {
      DriverLoop.Watch[] watch = new DriverLoop.Watch[1];
      watch[0] =
          loop.watch(
              channel,
              SelectionKey.OP_READ,
              ops -> {
                seen.incrementAndGet();
                first.countDown();
                watch[0].release(
                    () -> {
                      assertThat(channel.isRegistered()).isFalse();
                      handedOver.complete(channel);
                    });
              });
    } catch (IOException e) {
      handedOver.completeExceptionally(e);
    }
  }
}
