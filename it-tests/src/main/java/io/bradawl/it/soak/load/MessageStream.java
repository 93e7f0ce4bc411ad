package io.bradawl.it.soak.load;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Messages of one conversation in a row, read from a TCP connection. */
final class MessageStream {
  static final int LONGEST = 6_000;

  private final DataInputStream in;
  private final boolean isPlain;
  private @Nullable Message last;

  /**
   * @param isPlain whether the connection may end anywhere: plain TCP cannot tell the end of a
   *     stream from the end of a relay, encrypted streams must
   */
  MessageStream(InputStream in, boolean isPlain) {
    this.in = new DataInputStream(in);
    this.isPlain = isPlain;
  }

  /**
   * The next message, {@code null} at the end.
   *
   * @throws WrongOctets if it is not the next one
   */
  @Nullable Message next() throws IOException, WrongOctets {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    byte[] octets = whole(first);
    Message message = Message.of(octets, octets.length);
    Message expected =
        last == null
            ? new Message(message.conversation(), 0)
            : new Message(last.conversation(), last.number() + 1);
    if (!message.equals(expected)) {
      throw new WrongOctets(message + " came instead of " + expected);
    }
    last = message;
    return message;
  }

  private byte[] whole(int first) throws IOException, WrongOctets {
    try {
      int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
      if (length < Message.HEAD || length > LONGEST) {
        throw new WrongOctets("a length of " + length);
      }
      byte[] octets = new byte[length];
      ByteBuffer.wrap(octets).putInt(length);
      in.readFully(octets, 4, length - 4);
      return octets;
    } catch (EOFException cut) {
      if (isPlain) {
        throw cut;
      }
      throw new WrongOctets("the stream ended, as if whole, within a message");
    }
  }
}
