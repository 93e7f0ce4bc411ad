package io.bradawl.runtime.turn;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.dial.Attempt;
import io.bradawl.runtime.dial.Caller;
import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.dial.DialFailure;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connection to a TURN server over TCP or TLS. On the loop, but for {@link #sendData}. */
public final class TurnStream {

  /** What happens on it. */
  public interface Listener {
    void up();

    void received(StunMessage message);

    /**
     * A datagram of a peer.
     *
     * @param datagram only valid during the call
     */
    void data(int channel, ByteBuffer datagram);

    /** It could not be made, or has ended. Not called after {@link #close}. */
    void lost(String why);
  }

  /** Octets of ChannelData that wait to be sent; what comes then is lost, as UDP may. */
  private static final WriteBufferWaterMark WAITING =
      new WriteBufferWaterMark(256 * 1024, 512 * 1024);

  private final Listener listener;
  private @Nullable Attempt attempt;
  private volatile @Nullable Channel channel;
  private @Nullable InetAddress address;
  private boolean closed;

  private TurnStream(Listener listener) {
    this.listener = listener;
  }

  /** Begins to connect to a server that is reached over a stream. */
  public static TurnStream open(
      TurnServer server, Dial dial, NettyDriverLoop loop, Listener listener) {
    TurnStream stream = new TurnStream(listener);
    Connecting connecting = stream.new Connecting();
    stream.attempt =
        server.carrier() == TurnServer.Carrier.TLS
            ? dial.tls(loop, server.host(), server.port(), connecting)
            : dial.plain(loop, server.host(), server.port(), connecting);
    return stream;
  }

  /** Where the server is; {@code null} if only a proxy knows, or there is no connection. */
  public @Nullable InetAddress address() {
    return address;
  }

  public void send(Octets message) {
    Channel open = channel;
    if (open != null) {
      open.writeAndFlush(Unpooled.wrappedBuffer(message.asByteBuffer()), open.voidPromise());
    }
  }

  /** Sends one datagram to a peer, or loses it. From any thread. */
  public void sendData(int number, ByteBuffer datagram) {
    Channel open = channel;
    int length = datagram.remaining();
    if (open == null || !open.isWritable()) {
      return;
    }
    ByteBuf frame = open.alloc().buffer(ChannelData.lengthOnStream(length));
    frame.writeInt(ChannelData.header(number, length)).writeBytes(datagram.duplicate());
    frame.writeZero(-length & 3);
    open.writeAndFlush(frame, open.voidPromise());
  }

  public void close() {
    closed = true;
    if (attempt != null) {
      attempt.cancel();
    }
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  private void lost(String why) {
    if (!closed) {
      close();
      listener.lost(why);
    }
  }

  private final class Connecting implements Caller {

    @Override
    public void equip(ChannelPipeline pipeline) {
      pipeline.addLast(new TurnFrames()).addLast(new Inbound());
    }

    @Override
    public void up(Channel connected, boolean direct) {
      connected.config().setWriteBufferWaterMark(WAITING);
      InetSocketAddress remote = (InetSocketAddress) connected.remoteAddress();
      if (remote == null) {
        lost("the connection ended as soon as it stood");
        return;
      }
      address = direct ? remote.getAddress() : null;
      channel = connected;
      listener.up();
    }

    @Override
    public void failed(String why) {
      lost(why);
    }
  }

  private final class Inbound extends SimpleChannelInboundHandler<Object> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object frame) {
      if (closed) {
        return;
      }
      if (frame instanceof StunMessage message) {
        listener.received(message);
      } else if (frame instanceof ByteBuf data) {
        int number = data.readUnsignedShort();
        data.skipBytes(2);
        listener.data(number, data.nioBuffer());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (channel != null) {
        lost("connection closed by the TURN server");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
      boolean strange =
          problem instanceof WireFormatException || problem instanceof DecoderException;
      lost(strange ? "not a TURN server: " + problem : DialFailure.text(problem));
    }
  }
}
