package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.net.StunFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.util.List;

/**
 * Cuts a stream into STUN messages and ChannelData, which is padded to four octets (RFC 8656
 * section 12.5). ChannelData come out as they are, header included, without the padding.
 */
final class TurnStreamDecoder extends ByteToMessageDecoder {

  private static final int SHORT = 4096;

  private int longest = SHORT;

  /** The client has an allocation: it may send what fits a datagram. */
  void allowLong() {
    longest = StunHeader.MAX_MESSAGE_LENGTH;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < ChannelData.HEADER) {
      return;
    }
    if (ChannelData.isServed(in.getByte(in.readerIndex()))) {
      channelData(in, out);
    } else if (in.readableBytes() >= StunHeader.LENGTH) {
      message(in, out);
    }
  }

  private void channelData(ByteBuf in, List<Object> out) {
    int length = in.getUnsignedShort(in.readerIndex() + 2);
    int whole = ChannelData.lengthOnStream(length);
    if (whole > longest) {
      throw tooLong(in, whole);
    }
    if (in.readableBytes() >= whole) {
      out.add(in.readRetainedSlice(ChannelData.HEADER + length));
      in.skipBytes(whole - ChannelData.HEADER - length);
    }
  }

  private void message(ByteBuf in, List<Object> out) {
    try {
      int length = StunHeader.messageLength(in.nioBuffer());
      if (length > longest) {
        throw tooLong(in, length);
      }
      if (in.readableBytes() >= length) {
        out.add(StunFrames.decode(in.readSlice(length)));
      }
    } catch (WireFormatException e) {
      in.skipBytes(in.readableBytes());
      throw new DecoderException(e.getMessage(), e);
    }
  }

  private DecoderException tooLong(ByteBuf in, int length) {
    in.skipBytes(in.readableBytes());
    return new DecoderException("message of " + length + " octets, allowed are " + longest);
  }
}
