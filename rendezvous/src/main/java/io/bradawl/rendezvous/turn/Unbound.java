package io.bradawl.rendezvous.turn;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Closes a peer's connection that is reset before there is a {@link Pipe} to pass that on. */
final class Unbound extends ChannelInboundHandlerAdapter {

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (context.pipeline().get(Pipe.class) == null) {
      context.close();
    } else {
      context.fireExceptionCaught(cause);
    }
  }
}
