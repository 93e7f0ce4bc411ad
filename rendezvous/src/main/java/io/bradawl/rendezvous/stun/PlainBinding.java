package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.stun.AddressFamily;
import io.bradawl.protocol.stun.AttributeType;
import io.bradawl.protocol.stun.StunHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;

/**
 * The Binding request that nearly all clients send, a header and nothing else, answered without
 * making a message of it. What comes out is the same, octet by octet.
 */
final class PlainBinding {

  private static final int REQUEST = 0x0001;
  private static final int SUCCESS = 0x0101;
  private static final int ATTRIBUTE_HEADER = 4;
  private static final int ADDRESS_HEADER = 4;
  private static final int PORT_MASK = StunHeader.MAGIC_COOKIE >>> 16;
  private static final int COOKIE_OFFSET = 4;

  private PlainBinding() {}

  static boolean is(ByteBuf datagram) {
    int start = datagram.readerIndex();
    return datagram.readableBytes() == StunHeader.LENGTH
        && datagram.getInt(start) == REQUEST << 16
        && datagram.getInt(start + COOKIE_OFFSET) == StunHeader.MAGIC_COOKIE;
  }

  /** The success response to {@code request}. */
  static ByteBuf answer(ByteBuf request, InetSocketAddress source, ByteBufAllocator buffers) {
    byte[] ip = source.getAddress().getAddress();
    int start = request.readerIndex();
    int value = ADDRESS_HEADER + ip.length;
    ByteBuf answer = buffers.directBuffer(StunHeader.LENGTH + ATTRIBUTE_HEADER + value);
    answer.writeShort(SUCCESS).writeShort(ATTRIBUTE_HEADER + value);
    answer.writeBytes(request, start + COOKIE_OFFSET, StunHeader.LENGTH - COOKIE_OFFSET);
    answer.writeShort(AttributeType.XOR_MAPPED_ADDRESS).writeShort(value);
    answer.writeShort(ip.length == 4 ? AddressFamily.IPV4 : AddressFamily.IPV6);
    answer.writeShort(source.getPort() ^ PORT_MASK);
    // The mask is cookie and transaction id, as they stand in the request.
    for (int i = 0; i < ip.length; i++) {
      answer.writeByte(ip[i] ^ request.getByte(start + COOKIE_OFFSET + i));
    }
    return answer;
  }
}
