package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.net.Inlet;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.telemetry.Measure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** TURN on a UDP listener: takes what is TURN's and passes everything else on. */
final class UdpTurnHandler extends ChannelInboundHandlerAdapter {

  private final RelayServer server;
  private final Batch batch;
  private @Nullable UdpTurnClients clients;
  private @Nullable Inlet inlet;

  UdpTurnHandler(RelayServer server, Batch batch) {
    this.server = server;
    this.batch = batch;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    inlet = new Inlet(context.channel());
    clients = new UdpTurnClients(server, batch, context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    ByteBuf content = packet.content();
    UdpTurnClients served = clients;
    if (served == null || inlet == null || !inlet.isWhole(content) || content.readableBytes() < 4) {
      packet.release();
    } else if (ChannelData.isServed(content.getByte(content.readerIndex()))) {
      channelData(served, packet.sender(), content);
    } else if (TurnMethods.isOne(content)) {
      turn(served, packet.sender(), content);
    } else {
      context.fireChannelRead(packet);
    }
  }

  /** RFC 8656 section 12.6; what stands behind the payload is padding. */
  private static void channelData(
      UdpTurnClients clients, InetSocketAddress source, ByteBuf content) {
    int number = content.readUnsignedShort();
    int length = content.readUnsignedShort();
    if (length > content.readableBytes()) {
      content.release();
    } else {
      clients
          .data()
          .overChannel(source, number, content.writerIndex(content.readerIndex() + length));
    }
  }

  private void turn(UdpTurnClients clients, InetSocketAddress source, ByteBuf content) {
    try {
      StunMessage message = StunFrames.decode(content);
      if (message.messageClass() == StunClass.REQUEST && source.getPort() != 0) {
        clients.request(source, Transport.UDP, StunFrames.address(source), message);
      } else {
        clients.data().indicated(source, message);
      }
    } catch (WireFormatException e) {
      server.telemetry().count(Measure.MALFORMED_UDP);
    } finally {
      content.release();
    }
  }
}
