package io.bradawl.rendezvous.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.fuzz.Bound;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.CharsetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests at the operator's port: each is answered once, and nothing of it comes back. */
class HttpFuzzTest {

  private static final Bound BOUND = new Bound(1 << 20, 4096);
  private static final Map<String, Page> PAGES =
      Map.of(
          "/", accept -> CompletableFuture.completedFuture(Reply.plain(200, "page")),
          "/fails", accept -> CompletableFuture.failedFuture(new IllegalStateException("fault")));

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, HttpFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) {
    EmbeddedChannel channel = new Connection();
    HttpPort.converse(channel.pipeline(), PAGES);
    String request = request(data);
    channel.writeInbound(Unpooled.copiedBuffer(request, CharsetUtil.ISO_8859_1));
    channel.runPendingTasks();
    channel.checkException();
    String said = said(channel);
    assertThat(said).as("answer to %s", request).matches("(?s)(HTTP/1\\.1 \\d{3} .*)?");
    channel.finishAndReleaseAll();
  }

  private static String request(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      return data.consumeRemainingAsAsciiString();
    }
    String method = data.pickValue(new String[] {"GET", "HEAD", "POST", "X", ""});
    String path = data.pickValue(new String[] {"/", "/fails", "/no", "//", "*", "http://a/", ""});
    String host = data.pickValue(new String[] {"localhost", "127.0.0.1:80", "[::1]", "a.b", ":"});
    return method
        + " "
        + path
        + data.consumeAsciiString(data.consumeInt(0, 20))
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\n"
        + data.consumeRemainingAsAsciiString()
        + "\r\n\r\n";
  }

  private static String said(EmbeddedChannel channel) {
    StringBuilder said = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      said.append(part.toString(CharsetUtil.ISO_8859_1));
      part.release();
    }
    return said.toString();
  }

  /** At loopback. */
  private static final class Connection extends EmbeddedChannel {
    @Override
    protected SocketAddress localAddress0() {
      return new InetSocketAddress("127.0.0.1", 9090);
    }
  }
}
