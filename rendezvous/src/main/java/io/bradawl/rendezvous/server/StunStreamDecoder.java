package io.bradawl.rendezvous.server;

import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.net.StunFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.util.List;

/**
 * Cuts a stream into messages by the length in their headers (RFC 8489 section 6.2.2). Never holds
 * more than one incomplete message of {@link SignalCodec#MAX_MESSAGE} octets beside what Netty read
 * at once.
 */
final class StunStreamDecoder extends ByteToMessageDecoder {

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < StunHeader.LENGTH) {
      return;
    }
    try {
      int length = StunHeader.messageLength(in.nioBuffer());
      if (length > SignalCodec.MAX_MESSAGE) {
        throw new WireFormatException(
            "message length", 2, length + " octets, allowed are " + SignalCodec.MAX_MESSAGE);
      }
      if (in.readableBytes() >= length) {
        out.add(StunFrames.decode(in.readSlice(length)));
      }
    } catch (WireFormatException e) {
      in.skipBytes(in.readableBytes());
      throw new DecoderException(e.getMessage(), e);
    }
  }
}
