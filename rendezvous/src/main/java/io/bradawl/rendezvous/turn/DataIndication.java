package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.rendezvous.net.StunFrames;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/** How a datagram gets to a client that has no channel for the peer (RFC 8656 section 11.6). */
final class DataIndication {

  private DataIndication() {}

  /** Becomes the owner of the payload's buffer. */
  static ByteBuf of(InetSocketAddress peer, ByteBuf payload) {
    try {
      return StunFrames.encode(
          StunMessage.indication(
              StunMethod.DATA,
              TransactionId.draw(ThreadLocalRandom.current()),
              new XorPeerAddress(new TransportAddress(peer.getAddress(), peer.getPort())),
              new Data(Octets.copyOf(payload.nioBuffer()))));
    } finally {
      payload.release();
    }
  }
}
