package io.bradawl.rendezvous.turn;

import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;

/**
 * Makes a connection TURN's own when the first of TURN's messages comes over it: signalling and
 * relay share a port, and nothing else. From then on the handler of signalling is gone.
 */
public final class TurnTakeover {

  private final StreamTurnClients clients;
  private final BindingResponder binding;
  private final Batch batch;

  TurnTakeover(StreamTurnClients clients, BindingResponder binding, Batch batch) {
    this.clients = clients;
    this.binding = binding;
    this.batch = batch;
  }

  /** Whether what has come over a connection so far is the beginning of one of TURN's messages. */
  public boolean wants(ByteBuf stream) {
    return TurnMethods.isOne(stream);
  }

  /**
   * Replaces the handler of {@code context}, which must hand on what it has read when it is
   * removed.
   */
  public void takeOver(ChannelHandlerContext context) {
    Channel channel = context.channel();
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addLast(
        new TurnStreamDecoder(), new TurnStreamHandler(clients, binding, batch, channel));
    pipeline.remove(context.handler());
  }
}
