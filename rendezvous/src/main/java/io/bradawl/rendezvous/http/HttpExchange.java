package io.bradawl.rendezvous.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.AsciiString;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Answers the requests of one connection, one at a time. */
final class HttpExchange extends SimpleChannelInboundHandler<FullHttpRequest> {

  /** Nothing from elsewhere, nothing inline, no frame around it, no form out of it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, Page> pages;

  HttpExchange(Map<String, Page> pages) {
    this.pages = pages;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    boolean head = request.method().equals(HttpMethod.HEAD);
    // No further request is read before this one is answered, so answers cannot overtake.
    context.channel().config().setAutoRead(false);
    reply(context, request)
        .exceptionally(failure -> Reply.plain(500, "fault of this server"))
        .thenAcceptAsync(reply -> write(context, reply, head, keepAlive), context.executor());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private CompletableFuture<Reply> reply(ChannelHandlerContext context, FullHttpRequest request) {
    Page page = pages.get(new QueryStringDecoder(request.uri()).rawPath());
    boolean read =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!request.decoderResult().isSuccess()) {
      return done(400, "no HTTP request");
    }
    if (!OwnHost.is(request.headers().get(HttpHeaderNames.HOST, ""), local(context))) {
      return done(421, "this is not the host that is asked for; ask for localhost");
    }
    if (page == null) {
      return done(
          404,
          "there is nothing here; " + String.join(" ", pages.keySet().stream().sorted().toList()));
    }
    return read
        ? page.reply(request.headers().get(HttpHeaderNames.ACCEPT, ""))
        : done(405, "only GET and HEAD");
  }

  private static InetSocketAddress local(ChannelHandlerContext context) {
    return (InetSocketAddress) context.channel().localAddress();
  }

  private static CompletableFuture<Reply> done(int status, String text) {
    return CompletableFuture.completedFuture(Reply.plain(status, text));
  }

  private static void write(
      ChannelHandlerContext context, Reply reply, boolean head, boolean keepAlive) {
    ByteBuf body = Unpooled.copiedBuffer(reply.body(), UTF_8);
    int length = body.readableBytes();
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            head ? Unpooled.EMPTY_BUFFER : body);
    describe(response.headers(), reply, length);
    HttpUtil.setKeepAlive(response, keepAlive);
    ChannelFuture written = context.writeAndFlush(response);
    if (keepAlive) {
      context.channel().config().setAutoRead(true);
    } else {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static void describe(HttpHeaders headers, Reply reply, int length) {
    headers
        .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
        .set(HttpHeaderNames.CONTENT_LENGTH, length)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
        .set(AsciiString.cached("x-content-type-options"), "nosniff")
        .set(AsciiString.cached("referrer-policy"), "no-referrer")
        .set(AsciiString.cached("cross-origin-resource-policy"), "same-origin");
    if (reply.status() == 405) {
      headers.set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
  }
}
