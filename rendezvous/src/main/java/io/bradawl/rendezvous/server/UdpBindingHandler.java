package io.bradawl.rendezvous.server;

import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Binding requests over UDP. Everything else is dropped without a word: its source may be
 * forged.
 */
final class UdpBindingHandler extends SimpleChannelInboundHandler<DatagramPacket> {

  private static final Logger LOG = LoggerFactory.getLogger(UdpBindingHandler.class);

  private final Telemetry telemetry;

  UdpBindingHandler(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    if (packet.sender().getPort() == 0 || !StunHeader.looksLikeStun(packet.content().nioBuffer())) {
      telemetry.count(Measure.MALFORMED_UDP);
      return;
    }
    try {
      StunMessage request = StunFrames.decode(packet.content());
      StunMessage answer = BindingResponder.answer(request, StunFrames.address(packet.sender()));
      if (answer != null) {
        telemetry.count(Measure.STUN_REPLIES_UDP);
        context.write(
            new DatagramPacket(StunFrames.encodeAnswer(answer, request), packet.sender()));
      }
    } catch (WireFormatException e) {
      telemetry.count(Measure.MALFORMED_UDP);
      LOG.trace("datagram from {} dropped: {}", packet.sender(), e.getMessage());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  /** An ICMP error that an earlier answer met, for example: it concerns that sender only. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("udp: {}", cause.toString());
  }
}
