package io.bradawl.rendezvous.signal;

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

  private final long first;
  private final long later;
  private @Nullable Future<?> timer;
  private long lastHeard;
  private boolean heard;

  /**
   * A guard of one connection.
   *
   * @param first until the first message
   * @param later between messages
   */
  SilenceGuard(Duration first, Duration later) {
    this.first = first.toNanos();
    this.later = later.toNanos();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    lastHeard = System.nanoTime();
    arm(context, first);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    lastHeard = System.nanoTime();
    heard = true;
    context.fireChannelRead(message);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** One timer for many messages: when it is due it looks how much of the wait is left. */
  private void arm(ChannelHandlerContext context, long wait) {
    timer = context.executor().schedule(() -> check(context), wait, TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext context) {
    long limit = heard ? later : first;
    long left = limit - (System.nanoTime() - lastHeard);
    if (left > 0) {
      arm(context, left);
    } else {
      Closing.close(
          context.channel(), "silent for " + TimeUnit.NANOSECONDS.toSeconds(limit) + " s");
    }
  }
}
