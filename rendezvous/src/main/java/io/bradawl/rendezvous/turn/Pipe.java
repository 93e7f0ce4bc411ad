package io.bradawl.rendezvous.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Carries octets from one connection to another. It reads no more than the other one takes, or than
 * its user may relay; when one side has said all, the other side hears the end and may go on; and a
 * reset is passed on as one.
 */
final class Pipe extends ChannelInboundHandlerAdapter {

  /** Counts what passes, and tells how long to wait after it: nanoseconds. */
  interface Toll {
    long pass(int octets);
  }

  private final Channel to;
  private final Toll toll;
  private boolean waiting;
  private boolean ended;

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
    if (ended) {
      return;
    }
    boolean secured = context.pipeline().get(SslHandler.class) != null;
    if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
      end(context.channel());
    } else if (event instanceof ChannelInputShutdownReadComplete) {
      if (secured) {
        reset(to); // an end that the client has not sealed
      } else {
        end(context.channel());
      }
    }
  }

  private void end(Channel from) {
    ended = true;
    HalfClosed.keepWritable(from);
    to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> passEndOn(from));
  }

  private void passEndOn(Channel from) {
    Pipe opposite = to.pipeline().get(Pipe.class);
    if (opposite == null || opposite.ended) {
      from.close();
      to.close();
    } else {
      endOutput();
    }
  }

  private void endOutput() {
    SslHandler tls = to.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (to instanceof DuplexChannel duplex && to.isActive()) {
      duplex.shutdownOutput();
    }
  }

  /** What has not been ended in order is not to look as if it had. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (ended) {
      to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      reset(to);
    }
  }

  /** A connection that was reset, for example. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    reset(context.channel());
  }

  /** Past TLS, which would say that all has been sent. */
  private static void reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
      if (tls != null) {
        tls.close();
      } else {
        channel.close();
      }
    }
  }
}
