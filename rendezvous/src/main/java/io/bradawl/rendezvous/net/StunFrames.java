package io.bradawl.rendezvous.net;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.Fingerprint;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.wire.WireFormatException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;

/** Between Netty's buffers and the codec's. */
public final class StunFrames {

  private StunFrames() {}

  public static StunMessage decode(ByteBuf wire) throws WireFormatException {
    return StunDecoder.decode(wire.nioBuffer());
  }

  public static ByteBuf encode(StunMessage message) {
    return Unpooled.wrappedBuffer(StunEncoder.encode(message));
  }

  /** With FINGERPRINT if the request had one (RFC 8489 section 6.3.1). */
  public static ByteBuf encodeAnswer(StunMessage answer, StunMessage request) {
    return Unpooled.wrappedBuffer(StunEncoder.encode(answer, null, request.has(Fingerprint.class)));
  }

  public static TransportAddress address(InetSocketAddress socketAddress) {
    return new TransportAddress(socketAddress.getAddress(), socketAddress.getPort());
  }
}
