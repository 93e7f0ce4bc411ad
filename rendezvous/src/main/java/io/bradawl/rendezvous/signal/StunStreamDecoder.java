package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.turn.TurnTakeover;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into messages by the length in their headers (RFC 8489 section 6.2.2). Never holds
 * more than one incomplete message of {@link SignalCodec#MAX_MESSAGE} octets beside what Netty read
 * at once. Messages are taken by a subclass, not by the next handler: there is one handler for each
 * of very many connections, and two would take more memory.
 */
abstract class StunStreamDecoder extends ByteToMessageDecoder {

  private final @Nullable TurnTakeover turn;

  /**
   * @param turn takes the connection over if it is the relay's; {@code null} without relay
   */
  StunStreamDecoder(@Nullable TurnTakeover turn) {
    this.turn = turn;
  }

  /** The next message has come. */
  abstract void take(ChannelHandlerContext context, StunMessage message);

  @Override
  protected final void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < StunHeader.LENGTH) {
      return;
    }
    if (turn != null && turn.wants(in)) {
      turn.takeOver(context);
      return;
    }
    StunMessage message = next(in);
    if (message != null) {
      take(context, message);
    }
  }

  private static @Nullable StunMessage next(ByteBuf in) {
    try {
      int length = StunHeader.messageLength(in.nioBuffer());
      if (length > SignalCodec.MAX_MESSAGE) {
        throw new WireFormatException(
            "message length", 2, length + " octets, allowed are " + SignalCodec.MAX_MESSAGE);
      }
      return in.readableBytes() >= length ? StunFrames.decode(in.readSlice(length)) : null;
    } catch (WireFormatException e) {
      in.skipBytes(in.readableBytes());
      throw new DecoderException(e.getMessage(), e);
    }
  }
}
