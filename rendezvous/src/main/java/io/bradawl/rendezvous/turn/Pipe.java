package io.bradawl.rendezvous.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Carries octets from one connection to another. It reads no more than the other one takes, or than
 * its user may relay; and when one side has said all, the other side hears the end and may go on.
 */
final class Pipe extends ChannelInboundHandlerAdapter {

  /** Counts what passes, and tells how long to wait after it: nanoseconds. */
  interface Toll {
    long pass(int octets);
  }

  private final Channel to;
  private final Toll toll;
  private boolean waiting;

  Pipe(Channel to, Toll toll) {
    this.to = to;
    this.toll = toll;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    long wait = toll.pass(((ByteBuf) message).readableBytes());
    to.write(message, to.voidPromise());
    if (wait > 0 && !waiting) {
      waiting = true;
      context.executor().schedule(() -> goOn(context.channel()), wait, TimeUnit.NANOSECONDS);
    }
    if (waiting || !to.isWritable()) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    to.flush();
  }

  /** This side takes more: the pipe in the other direction may read on. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Pipe opposite = to.pipeline().get(Pipe.class);
    if (context.channel().isWritable() && opposite != null) {
      opposite.readOn(to);
    }
  }

  private void goOn(Channel from) {
    waiting = false;
    readOn(from);
  }

  private void readOn(Channel from) {
    if (!waiting && to.isWritable()) {
      from.config().setAutoRead(true);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownReadComplete) {
      to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput());
    }
  }

  private void endOutput() {
    if (to instanceof DuplexChannel duplex && to.isActive()) {
      duplex.shutdownOutput();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** A connection that was reset, for example. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
