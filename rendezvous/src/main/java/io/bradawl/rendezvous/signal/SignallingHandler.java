package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalFormatException;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.net.RateLimit;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.bradawl.rendezvous.telemetry.Measure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP connection: answers Binding itself and leaves signals to the {@link SignalRouter}. */
final class SignallingHandler extends StunStreamDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(SignallingHandler.class);

  private final Exchange exchange;
  private final RateLimit messages;
  private Measure replies = Measure.STUN_REPLIES_TCP;
  private @Nullable PeerConnection connection;

  SignallingHandler(Exchange exchange) {
    super(exchange.turn());
    this.exchange = exchange;
    this.messages = new RateLimit(exchange.messages(), System.nanoTime());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (context.pipeline().get(SslHandler.class) != null) {
      replies = Measure.STUN_REPLIES_TLS;
    }
    connection = new PeerConnection(context.channel());
    exchange.silence().add(connection);
    context.fireChannelActive();
  }

  @Override
  void take(ChannelHandlerContext context, StunMessage message) {
    PeerConnection peer = connection;
    if (peer == null || !context.channel().isOpen()) {
      return;
    }
    long now = System.nanoTime();
    peer.spoke(now);
    if (!messages.take(now)) {
      exchange.telemetry().count(Measure.MESSAGES_LIMITED);
      peer.close("sends too many messages");
    } else if (BindingResponder.isBinding(message)) {
      binding(peer, message);
    } else {
      signal(peer, message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    if (connection != null) {
      exchange.router().left(connection, Closing.reason(context.channel()));
    }
    super.channelInactive(context);
  }

  /** The connection has become the relay's, or has ended. */
  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    if (connection != null) {
      exchange.silence().remove(connection);
      exchange.router().left(connection, "turned to relaying");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    Throwable cause = thrown instanceof DecoderException ? thrown.getCause() : thrown;
    if (cause instanceof WireFormatException) {
      exchange.telemetry().count(Measure.MALFORMED_TCP);
      if (exchange.mayComplain()) {
        LOG.debug("{} closed: no STUN: {}", context.channel().remoteAddress(), cause.getMessage());
      }
      Closing.close(context.channel(), "no STUN: " + cause.getMessage());
    } else if (cause instanceof SSLException) {
      Closing.close(context.channel(), "TLS: " + cause.getMessage());
    } else if (cause instanceof IOException) {
      Closing.close(context.channel(), "connection lost: " + cause.getMessage());
    } else {
      LOG.error(
          "{} closed after a fault of this server", context.channel().remoteAddress(), thrown);
      Closing.close(context.channel(), "fault of this server");
    }
  }

  private void binding(PeerConnection peer, StunMessage message) {
    StunMessage answer = exchange.binding().answer(message, peer.address());
    if (answer != null) {
      exchange.telemetry().count(replies);
      answer(peer, message, answer);
    }
  }

  private void signal(PeerConnection peer, StunMessage message) {
    try {
      Signal signal = SignalCodec.decode(message);
      if (signal instanceof Signal.Request request) {
        answer(peer, message, request);
      } else if (signal instanceof Signal.Indication indication) {
        exchange.router().carry(peer, indication);
      }
    } catch (SignalFormatException e) {
      if (message.messageClass() == StunClass.REQUEST) {
        answer(peer, message, e.answerTo(message));
      } else if (exchange.mayComplain()) {
        LOG.debug("indication from {} dropped: {}", peer.address(), e.getMessage());
      }
    }
  }

  /** Who is not let in cannot stay: the next attempt takes a new connection and its limits. */
  private void answer(PeerConnection peer, StunMessage message, Signal.Request request) {
    exchange.router().answer(peer, request, response -> answer(peer, message, request, response));
  }

  private void answer(
      PeerConnection peer, StunMessage message, Signal.Request request, Signal.Response response) {
    answer(peer, message, SignalCodec.respond(message, response));
    if (request instanceof Signal.Register && response instanceof Signal.Rejected rejected) {
      if (exchange.mayComplain()) {
        LOG.info("registration from {} rejected: {}", peer.address(), rejected.text());
      }
      peer.close("registration rejected: " + rejected.text());
    }
  }

  private static void answer(
      PeerConnection peer, StunMessage request, @Nullable StunMessage answer) {
    if (answer != null) {
      peer.write(StunFrames.encodeAnswer(answer, request));
    }
  }
}
