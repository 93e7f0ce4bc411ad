package io.bradawl.runtime.dial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110 section 9.3.6). When the tunnel stands it makes way for
 * whatever it is told to; until then it passes nothing on.
 */
final class HttpConnect extends ByteToMessageDecoder {

  private static final int MAX_ANSWER = 8192;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: ([^\\r\\n]*))?");
  private static final String PROXY_AUTHENTICATION_REQUIRED = "407";

  private final String authority;
  private final Runnable established;

  /**
   * @param authority host and port of the server, as {@code CONNECT} names them
   * @param established runs within the pipeline's thread when the tunnel stands
   */
  HttpConnect(String authority, Runnable established) {
    this.authority = authority;
    this.established = established;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    String request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    context.writeAndFlush(
        Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII), context.voidPromise());
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws IOException {
    String answer = in.toString(StandardCharsets.ISO_8859_1);
    int end = answer.indexOf("\r\n\r\n");
    if (end >= 0) {
      in.skipBytes(end + 4);
      judge(answer);
      if (in.isReadable()) {
        throw new IOException("the proxy speaks before the server was spoken to");
      }
      context.pipeline().remove(this);
      established.run();
    } else if (answer.length() > MAX_ANSWER) {
      throw new IOException("the proxy's answer is longer than " + MAX_ANSWER + " octets");
    }
  }

  private void judge(String answer) throws IOException {
    Matcher status = STATUS.matcher(answer);
    if (!status.lookingAt()) {
      throw new IOException("what the JVM's HTTPS proxy is set to does not speak HTTP");
    }
    if (status.group(1).equals(PROXY_AUTHENTICATION_REQUIRED)) {
      throw new IOException(
          "the proxy wants a password, which Bradawl does not give; let it pass CONNECT "
              + authority
              + " without one");
    }
    if (!status.group(1).startsWith("2")) {
      throw new IOException("the proxy refuses CONNECT " + authority + ": " + status.group());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    context.fireExceptionCaught(new IOException("the proxy closed the connection"));
    context.fireChannelInactive();
  }
}
