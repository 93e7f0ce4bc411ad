package io.bradawl.runtime.signal;

import io.bradawl.protocol.signal.RegistrationInput;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.dial.DialFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One connection to a rendezvous server, STUN-framed (RFC 8489 section 6.2.2). */
final class RendezvousConnection implements ServerRace.Judge {

  private static final int LENGTH_OFFSET = 2;
  private static final int LENGTH_FIELD = 2;
  private static final int AFTER_LENGTH = 16;

  private final long number;
  private final RendezvousServer server;
  private final RendezvousLink link;
  private @Nullable ServerRace race;
  private @Nullable Channel channel;
  private @Nullable ServerRoute route;
  private boolean tls;
  private boolean heard;
  private boolean closed;

  RendezvousConnection(long number, RendezvousServer server, RendezvousLink link) {
    this.number = number;
    this.server = server;
    this.link = link;
  }

  long number() {
    return number;
  }

  /** Connects; the link learns of the outcome on the loop. */
  void open(ServerRace entered, boolean tlsFirst) {
    race = entered;
    entered.start(tlsFirst);
  }

  RendezvousServer server() {
    return server;
  }

  /** How the server was reached; {@code null} before. */
  @Nullable ServerRoute route() {
    return route;
  }

  /** Whether plain TCP connected, and not one message came back. */
  boolean isMute() {
    return channel != null && !tls && !heard;
  }

  @Override
  public void equip(ChannelPipeline pipeline) {
    pipeline
        .addLast(
            new LengthFieldBasedFrameDecoder(
                SignalCodec.MAX_MESSAGE, LENGTH_OFFSET, LENGTH_FIELD, AFTER_LENGTH, 0))
        .addLast(new Inbound());
  }

  @Override
  public void won(Channel connected, boolean byTls, boolean direct) {
    channel = connected;
    tls = byTls;
    InetAddress address =
        direct ? ((InetSocketAddress) connected.remoteAddress()).getAddress() : null;
    ServerRoute by = new ServerRoute(server, address, byTls);
    route = by;
    link.reached(by);
    link.drive(new RegistrationInput.Connected(number));
  }

  @Override
  public void lost(String why) {
    if (!closed) {
      close();
      link.lost(this, why);
    }
  }

  void send(StunMessage message) {
    if (channel != null) {
      channel.writeAndFlush(
          Unpooled.wrappedBuffer(StunEncoder.encode(message)), channel.voidPromise());
    }
  }

  void close() {
    closed = true;
    if (race != null) {
      race.cancel();
    }
    if (channel != null) {
      channel.close();
    }
  }

  private final class Inbound extends SimpleChannelInboundHandler<ByteBuf> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame)
        throws WireFormatException {
      if (!closed) {
        StunMessage message = StunDecoder.decode(frame.nioBuffer());
        heard = true;
        link.drive(new RegistrationInput.Received(number, message));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (context.channel() == channel) {
        lost("connection closed by the rendezvous");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
      if (context.channel() == channel) {
        lost(
            problem instanceof WireFormatException || problem instanceof DecoderException
                ? "not a rendezvous: " + problem
                : DialFailure.text(problem));
      }
    }
  }
}
