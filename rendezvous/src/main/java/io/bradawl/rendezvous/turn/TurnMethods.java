package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.netty.buffer.ByteBuf;

/** Which messages are TURN's; their methods follow each other (RFC 8656 section 17, RFC 6062). */
final class TurnMethods {

  private static final int COOKIE_OFFSET = 4;

  private TurnMethods() {}

  static boolean isOne(StunMessage message) {
    return isOne(message.method());
  }

  /** Whether a datagram looks like such a message. */
  static boolean isOne(ByteBuf datagram) {
    int start = datagram.readerIndex();
    return datagram.readableBytes() >= StunHeader.LENGTH
        && datagram.getInt(start + COOKIE_OFFSET) == StunHeader.MAGIC_COOKIE
        && isOne(StunHeader.method(datagram.getUnsignedShort(start)));
  }

  private static boolean isOne(int method) {
    return method >= StunMethod.ALLOCATE && method <= StunMethod.CONNECTION_ATTEMPT;
  }
}
