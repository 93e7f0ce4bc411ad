package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that is used for TURN; it is closed when nothing is allocated over it. */
final class TurnStreamHandler extends ChannelInboundHandlerAdapter implements Batch.Member {

  private static final Logger LOG = LoggerFactory.getLogger(TurnStreamHandler.class);
  private static final int IDLE_SECONDS = 30;

  private final StreamTurnClients clients;
  private final BindingResponder binding;
  private final Batch batch;
  private final Channel channel;
  private boolean pending;

  TurnStreamHandler(
      StreamTurnClients clients, BindingResponder binding, Batch batch, Channel channel) {
    this.clients = clients;
    this.binding = binding;
    this.batch = batch;
    this.channel = channel;
  }

  /** Writes at the end of this round, together with others. */
  void write(ByteBuf frame) {
    channel.write(frame, channel.voidPromise());
    if (!pending) {
      pending = true;
      batch.add(this);
    }
  }

  @Override
  public void finish() {
    pending = false;
    channel.flush();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.executor().schedule(() -> look(context), IDLE_SECONDS, TimeUnit.SECONDS);
  }

  /** A connection that carries a peer's data has another handler by then. */
  private void look(ChannelHandlerContext context) {
    if (context.isRemoved()) {
      return;
    }
    if (clients.allocation(channel) == null) {
      LOG.debug("{} closed: nothing is allocated", channel.remoteAddress());
      channel.close();
    } else {
      context.executor().schedule(() -> look(context), IDLE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf frame) {
      int number = frame.readUnsignedShort();
      clients.data().overChannel(channel, number, frame.skipBytes(2));
    } else if (message instanceof StunMessage stun) {
      take(stun);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void take(StunMessage message) {
    var source = StunFrames.address((InetSocketAddress) channel.remoteAddress());
    if (BindingResponder.isBinding(message)) {
      StunMessage answer = binding.answer(message, source);
      if (answer != null) {
        write(StunFrames.encodeAnswer(answer, message));
      }
    } else if (message.messageClass() == StunClass.REQUEST) {
      clients.request(channel, Transport.TCP, source, message);
    } else {
      clients.data().indicated(channel, message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    clients.left(channel);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("{} closed: {}", channel.remoteAddress(), cause.toString());
    channel.close();
  }
}
