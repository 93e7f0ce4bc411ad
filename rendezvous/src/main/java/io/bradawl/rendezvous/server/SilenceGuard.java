package io.bradawl.rendezvous.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections over which no complete message comes for too long; octets that make none do
 * not count. A punch port keeps its NAT mapping by a Binding request now and then and so stays.
 */
final class SilenceGuard extends ChannelInboundHandlerAdapter {

  private final Duration first;
  private final Duration later;
  private @Nullable Future<?> timer;
  private boolean heard;

  /**
   * @param first until the first message
   * @param later between messages
   */
  SilenceGuard(Duration first, Duration later) {
    this.first = first;
    this.later = later;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    arm(context, first);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    context.fireChannelRead(message);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void arm(ChannelHandlerContext context, Duration wait) {
    heard = false;
    timer =
        context
            .executor()
            .schedule(() -> check(context, wait), wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext context, Duration wait) {
    if (heard) {
      arm(context, later);
    } else {
      Closing.close(context.channel(), "silent for " + wait.toSeconds() + " s");
    }
  }
}
