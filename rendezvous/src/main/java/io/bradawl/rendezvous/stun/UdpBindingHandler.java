package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ClassicBinding;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.net.Outlet;
import io.bradawl.rendezvous.net.RateLimits;
import io.bradawl.rendezvous.net.Segmentation;
import io.bradawl.rendezvous.net.Source;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Binding requests that come over UDP to one socket. Everything else is dropped without a
 * word: its source may be forged.
 */
final class UdpBindingHandler extends SimpleChannelInboundHandler<DatagramPacket> {

  /** A client that explores its NAT sends about ten requests. */
  private static final int DISCOVERIES_A_SECOND = 20;

  private static final Logger LOG = LoggerFactory.getLogger(UdpBindingHandler.class);

  private final BindingService service;
  private final Seat at;
  private final Telemetry telemetry;
  private final RateLimits<Source> discoveries = new RateLimits<>(DISCOVERIES_A_SECOND);
  private @Nullable Outlet outlet;

  UdpBindingHandler(BindingService service, Seat at, Telemetry telemetry) {
    this.service = service;
    this.at = at;
    this.telemetry = telemetry;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    Channel socket = context.channel();
    outlet =
        new Outlet(
            socket,
            new Batch(socket.eventLoop()),
            new Segmentation(socket instanceof EpollDatagramChannel),
            dropped -> telemetry.measures().add(Measure.STUN_REPLIES_DROPPED, dropped));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    if (packet.sender().getPort() == 0) {
      telemetry.count(Measure.MALFORMED_UDP);
      return;
    }
    if (PlainBinding.is(packet.content()) && !service.responder().discovers()) {
      telemetry.count(Measure.STUN_REPLIES_UDP);
      reply(
          PlainBinding.answer(packet.content(), packet.sender(), context.alloc()), packet.sender());
      return;
    }
    try {
      BindingAnswer answer =
          answer(packet.content().nioBuffer(), StunFrames.address(packet.sender()));
      if (answer != null) {
        telemetry.count(Measure.STUN_REPLIES_UDP);
        send(answer);
      }
    } catch (WireFormatException e) {
      telemetry.count(Measure.MALFORMED_UDP);
      LOG.trace("datagram from {} dropped: {}", packet.sender(), e.getMessage());
    }
  }

  private @Nullable BindingAnswer answer(ByteBuffer datagram, TransportAddress source)
      throws WireFormatException {
    DatagramResponder responder = service.responder();
    boolean discovery = responder.discovers() && mayDiscover(source);
    if (ClassicBinding.looksLike(datagram)) {
      return responder.answer(ClassicBinding.read(datagram), source, at, discovery);
    }
    if (!StunHeader.looksLikeStun(datagram)) {
      telemetry.count(Measure.MALFORMED_UDP);
      return null;
    }
    return responder.answer(
        StunFrames.decode(Unpooled.wrappedBuffer(datagram)),
        datagram.remaining(),
        source,
        at,
        discovery);
  }

  private boolean mayDiscover(TransportAddress source) {
    return discoveries.take(Source.of(source.ip()), System.nanoTime());
  }

  /** Answers from this very socket are sent together, once all that has come is read. */
  private void send(BindingAnswer answer) {
    var to = new InetSocketAddress(answer.to().ip(), answer.to().port());
    ByteBuf wire = Unpooled.wrappedBuffer(answer.wire());
    Channel other = answer.from().equals(at) ? null : service.socket(answer.from());
    if (other == null) {
      reply(wire, to);
    } else {
      other.writeAndFlush(new DatagramPacket(wire, to));
    }
  }

  private void reply(ByteBuf answer, InetSocketAddress to) {
    if (outlet == null) {
      answer.release();
    } else {
      outlet.send(answer, to);
    }
  }

  /** An ICMP error that an earlier answer met, for example: it concerns that sender only. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("udp: {}", cause.toString());
  }
}
