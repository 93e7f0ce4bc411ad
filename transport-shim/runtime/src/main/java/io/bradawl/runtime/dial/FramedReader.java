package io.bradawl.runtime.dial;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.wire.WireFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Takes STUN messages off a stream without reading one octet beyond them: what follows may belong
 * to the application.
 */
public final class FramedReader {

  private final ByteBuffer buffer;
  private boolean headerRead;

  /**
   * @param limit octets of the longest message that is taken whole
   */
  public FramedReader(int limit) {
    buffer = ByteBuffer.allocate(limit).limit(StunHeader.LENGTH);
  }

  /**
   * Reads on.
   *
   * @return a whole message; or, if it is no STUN or too long, the header, after which reading on
   *     makes no sense; or {@code null} if more has to come
   * @throws EOFException if the stream has ended
   */
  public @Nullable Octets read(ReadableByteChannel from) throws IOException {
    while (true) {
      if (from.read(buffer) < 0) {
        throw new EOFException("the connection was closed by the other side");
      }
      if (buffer.hasRemaining()) {
        return null;
      }
      if (headerRead || !extendToBody()) {
        return take();
      }
    }
  }

  /** Whether there is a body to be read. */
  private boolean extendToBody() {
    headerRead = true;
    int length;
    try {
      length = StunHeader.messageLength(buffer.duplicate().flip());
    } catch (WireFormatException e) {
      return false;
    }
    if (length == StunHeader.LENGTH || length > buffer.capacity()) {
      return false;
    }
    buffer.limit(length);
    return true;
  }

  private Octets take() {
    Octets message = Octets.copyOf(buffer.flip());
    buffer.clear().limit(StunHeader.LENGTH);
    headerRead = false;
    return message;
  }
}
