package io.bradawl.runtime.signal;

import io.bradawl.protocol.signal.RegistrationInput;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection to a rendezvous server, STUN-framed (RFC 8489 section 6.2.2). */
final class RendezvousConnection {

  private static final int LENGTH_OFFSET = 2;
  private static final int LENGTH_FIELD = 2;
  private static final int AFTER_LENGTH = 16;

  private final long number;
  private final RendezvousLink link;
  private @Nullable Channel channel;
  private boolean closed;

  RendezvousConnection(long number, RendezvousLink link) {
    this.number = number;
    this.link = link;
  }

  long number() {
    return number;
  }

  /** Looks the host up and connects; the link learns of the outcome on the loop. */
  void open(RendezvousServer server, NettyDriverLoop loop) {
    HostLookup.of(server)
        .whenCompleteAsync(
            (address, problem) -> {
              if (address != null) {
                connect(address, loop);
              } else {
                lost(reason(problem));
              }
            },
            loop);
  }

  private void connect(InetSocketAddress address, NettyDriverLoop loop) {
    if (closed) {
      return;
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(pipeline())
            .connect(address);
    channel = connecting.channel();
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            connected(address);
          } else {
            lost(reason(done.cause()));
          }
        });
  }

  private ChannelInitializer<Channel> pipeline() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel opened) {
        opened
            .pipeline()
            .addLast(
                new LengthFieldBasedFrameDecoder(
                    SignalCodec.MAX_MESSAGE, LENGTH_OFFSET, LENGTH_FIELD, AFTER_LENGTH, 0))
            .addLast(new Inbound());
      }
    };
  }

  private void connected(InetSocketAddress address) {
    if (!closed) {
      link.reached(address);
      link.drive(new RegistrationInput.Connected(number));
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
    if (channel != null) {
      channel.close();
    }
  }

  private void lost(String why) {
    if (!closed) {
      close();
      link.drive(new RegistrationInput.Disconnected(number, why));
    }
  }

  private static String reason(@Nullable Throwable problem) {
    if (problem instanceof ConnectException) {
      return "connection refused";
    }
    String text = problem == null ? null : problem.getMessage();
    return text == null ? "failed: " + problem : text.toLowerCase(Locale.ROOT);
  }

  private final class Inbound extends SimpleChannelInboundHandler<ByteBuf> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame)
        throws WireFormatException {
      if (!closed) {
        StunMessage message = StunDecoder.decode(frame.nioBuffer());
        link.drive(new RegistrationInput.Received(number, message));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      lost("connection closed by the rendezvous");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
      lost(
          problem instanceof WireFormatException
              ? "not a rendezvous: " + problem
              : reason(problem));
    }
  }
}
