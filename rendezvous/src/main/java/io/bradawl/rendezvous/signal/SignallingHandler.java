package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalFormatException;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.net.RateLimit;
import io.bradawl.rendezvous.net.StunFrames;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP connection: answers Binding itself and leaves signals to the {@link SignalRouter}. */
final class SignallingHandler extends SimpleChannelInboundHandler<StunMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(SignallingHandler.class);

  private final SignalRouter router;
  private final BindingResponder binding;
  private final RateLimit messages;
  private final RateLimit complaints;
  private final Telemetry telemetry;
  private Measure replies = Measure.STUN_REPLIES_TCP;
  private @Nullable PeerConnection connection;

  /**
   * @param complaints log lines about garbage, of all connections together
   */
  SignallingHandler(
      SignalRouter router,
      BindingResponder binding,
      Limits limits,
      RateLimit complaints,
      Telemetry telemetry) {
    this.router = router;
    this.binding = binding;
    this.messages =
        new RateLimit(
            limits.messagesPerSecond(), 10 * limits.messagesPerSecond(), System.nanoTime());
    this.complaints = complaints;
    this.telemetry = telemetry;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
    if (context.pipeline().get(SslHandler.class) != null) {
      replies = Measure.STUN_REPLIES_TLS;
    }
    connection = new PeerConnection(context.channel(), StunFrames.address(remote));
    context.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, StunMessage message) {
    PeerConnection peer = connection;
    if (peer == null || !context.channel().isOpen()) {
      return;
    }
    if (!messages.take(System.nanoTime())) {
      telemetry.count(Measure.MESSAGES_LIMITED);
      peer.close("sends too many messages");
    } else if (BindingResponder.isBinding(message)) {
      binding(peer, message);
    } else {
      signal(peer, message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (connection != null) {
      router.left(connection, Closing.reason(context.channel()));
    }
    context.fireChannelInactive();
  }

  /** The connection has become the relay's, or has ended. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (connection != null) {
      router.left(connection, "turned to relaying");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException && cause.getCause() instanceof SSLException failure) {
      Closing.close(context.channel(), "TLS: " + failure.getMessage());
    } else if (cause instanceof DecoderException) {
      telemetry.count(Measure.MALFORMED_TCP);
      if (complaints.take(System.nanoTime())) {
        LOG.debug("{} closed: no STUN: {}", context.channel().remoteAddress(), cause.getMessage());
      }
      Closing.close(context.channel(), "no STUN: " + cause.getMessage());
    } else if (cause instanceof IOException) {
      Closing.close(context.channel(), "connection lost: " + cause.getMessage());
    } else {
      LOG.error("{} closed after a fault of this server", context.channel().remoteAddress(), cause);
      Closing.close(context.channel(), "fault of this server");
    }
  }

  private void binding(PeerConnection peer, StunMessage message) {
    StunMessage answer = binding.answer(message, peer.address());
    if (answer != null) {
      telemetry.count(replies);
      answer(peer, message, answer);
    }
  }

  private void signal(PeerConnection peer, StunMessage message) {
    try {
      Signal signal = SignalCodec.decode(message);
      if (signal instanceof Signal.Request request) {
        answer(peer, message, request);
      } else if (signal instanceof Signal.Indication indication) {
        router.carry(peer, indication);
      }
    } catch (SignalFormatException e) {
      if (message.messageClass() == StunClass.REQUEST) {
        answer(peer, message, e.answerTo(message));
      } else if (complaints.take(System.nanoTime())) {
        LOG.debug("indication from {} dropped: {}", peer.address(), e.getMessage());
      }
    }
  }

  /** Who is not let in cannot stay: the next attempt takes a new connection and its limits. */
  private void answer(PeerConnection peer, StunMessage message, Signal.Request request) {
    router.answer(peer, request, response -> answer(peer, message, request, response));
  }

  private void answer(
      PeerConnection peer, StunMessage message, Signal.Request request, Signal.Response response) {
    answer(peer, message, SignalCodec.respond(message, response));
    if (request instanceof Signal.Register && response instanceof Signal.Rejected rejected) {
      if (complaints.take(System.nanoTime())) {
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
