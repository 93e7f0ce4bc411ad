package io.bradawl.runtime.turn;

import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.protocol.wire.WireFormatException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Tells STUN messages and ChannelData apart on a stream (RFC 8656 section 12.5). Passes on {@code
 * StunMessage} objects, and buffers that hold one ChannelData without padding.
 */
final class TurnFrames extends ByteToMessageDecoder {

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws WireFormatException {
    if (in.readableBytes() >= ChannelData.HEADER) {
      frame(in, out);
    }
  }

  private static void frame(ByteBuf in, List<Object> out) throws WireFormatException {
    int start = in.readerIndex();
    int length = in.getUnsignedShort(start + 2);
    if (ChannelData.beginsWith(in.getByte(start))) {
      int whole = ChannelData.lengthOnStream(length);
      if (in.readableBytes() >= whole) {
        out.add(in.retainedSlice(start, ChannelData.HEADER + length));
        in.skipBytes(whole);
      }
    } else if (in.readableBytes() >= StunHeader.LENGTH) {
      int whole = StunHeader.messageLength(in.nioBuffer(start, StunHeader.LENGTH));
      if (in.readableBytes() >= whole) {
        out.add(StunDecoder.decode(in.nioBuffer(start, whole)));
        in.skipBytes(whole);
      }
    }
  }
}
