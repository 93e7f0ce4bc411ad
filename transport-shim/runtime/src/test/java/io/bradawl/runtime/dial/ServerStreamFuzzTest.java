package io.bradawl.runtime.dial;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.fuzz.Mutation;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.stun.TransactionId;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * The beginnings of connections: a first message, of which not one octet too many is read, and the
 * answer of a proxy.
 */
class ServerStreamFuzzTest {

  private static final Bound BOUND = new Bound(1 << 18, 4096);
  private static final Octets FIRST =
      PathSessions.of(Role.OFFERER).proof().indication(new TransactionId(1, 2), true);

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, ServerStreamFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) throws IOException {
    if (data.consumeBoolean()) {
      first(data);
    } else {
      proxy(data);
    }
  }

  private static void first(FuzzedDataProvider data) throws IOException {
    byte[] stream = Mutation.of(FIRST.toByteArray(), data);
    Pieces pieces = new Pieces(stream, data);
    FramedReader reader = new FramedReader(Proof.MAX_MESSAGE_LENGTH);
    try {
      Octets message = reader.read(pieces);
      while (message == null) {
        message = reader.read(pieces);
      }
      assertThat(message.length()).isBetween(20, Proof.MAX_MESSAGE_LENGTH);
      assertThat(pieces.left()).isEqualTo(stream.length - message.length());
    } catch (EOFException expected) {
      assertThat(pieces.left()).isZero();
    }
  }

  private static void proxy(FuzzedDataProvider data) {
    boolean[] established = {false};
    EmbeddedChannel channel =
        new EmbeddedChannel(new HttpConnect("rdv.example:443", () -> established[0] = true));
    channel.releaseOutbound();
    String status =
        data.pickValue(new String[] {"HTTP/1.1 200 OK", "HTTP/1.0 407 No", "HTTP/1.1 2"});
    String answer = (data.consumeBoolean() ? status : "") + data.consumeRemainingAsAsciiString();
    try {
      for (byte octet : (answer + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1)) {
        if (!established[0]) {
          channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {octet}));
        }
      }
      assertThat(established[0]).isTrue();
      assertThat(answer).startsWith("HTTP/1.");
    } catch (DecoderException expected) {
      assertThat(expected).hasCauseInstanceOf(IOException.class);
    }
  }

  /** A stream that comes in pieces. */
  private static final class Pieces implements ReadableByteChannel {

    private final ByteArrayInputStream stream;
    private final FuzzedDataProvider data;

    Pieces(byte[] stream, FuzzedDataProvider data) {
      this.stream = new ByteArrayInputStream(stream);
      this.data = data;
    }

    int left() {
      return stream.available();
    }

    @Override
    public int read(ByteBuffer into) {
      if (stream.available() == 0) {
        return -1;
      }
      int length = Math.min(into.remaining(), data.consumeInt(1, 64));
      byte[] piece = new byte[length];
      int read = stream.read(piece, 0, length);
      into.put(piece, 0, Math.max(0, read));
      return read;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
