package io.bradawl.runtime.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.Software;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramedReaderTest {

  private static final int LIMIT = 200;

  private final FramedReader reader = new FramedReader(LIMIT);

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 1000})
  void takesMessagesAndLeavesWhatFollows(int portion) throws IOException {
    Octets first = message("first");
    Octets second = message("second, longer");
    Wire wire = new Wire(portion, first, second, Octets.of((byte) 'x', (byte) 'y'));
    assertThat(next(wire)).isEqualTo(first);
    assertThat(next(wire)).isEqualTo(second);
    assertThat(wire.left()).isEqualTo(2);
  }

  @Test
  void takesAMessageWithoutAttributes() throws IOException {
    StunMessage bare = StunMessage.request(StunMethod.BINDING, new TransactionId(1, 2));
    Octets octets = Octets.copyOf(StunEncoder.encode(bare));
    assertThat(next(new Wire(3, octets))).isEqualTo(octets);
  }

  @Test
  void readsNoMoreThanAHeaderOfWhatIsNotStun() throws IOException {
    Wire wire = new Wire(1000, Octets.of("GET / HTTP/1.1\r\nHost: peer\r\n\r\n".getBytes()));
    assertThat(next(wire).length()).isEqualTo(20);
    assertThat(wire.left()).isEqualTo(10);
  }

  @Test
  void readsNoMoreThanAHeaderOfWhatIsTooLong() throws IOException {
    Wire wire = new Wire(1000, message("x".repeat(LIMIT)));
    assertThat(next(wire).length()).isEqualTo(20);
  }

  @Test
  void saysWhenTheStreamHasEnded() {
    Wire wire = new Wire(10);
    wire.end();
    assertThatThrownBy(() -> reader.read(wire)).isInstanceOf(EOFException.class);
  }

  private Octets next(Wire wire) throws IOException {
    Octets message = null;
    while (message == null) {
      message = reader.read(wire);
    }
    return message;
  }

  private static Octets message(String software) {
    return Octets.copyOf(
        StunEncoder.encode(
            StunMessage.indication(
                StunMethod.BINDING, new TransactionId(1, 2), new Software(software))));
  }

  /** A stream that has, after each few octets, nothing for once. */
  private static final class Wire implements ReadableByteChannel {

    private final ByteBuffer octets;
    private final int portion;
    private boolean pause;
    private boolean ended;

    Wire(int portion, Octets... parts) {
      this.portion = portion;
      octets = ByteBuffer.allocate(1000);
      for (Octets part : parts) {
        octets.put(part.asByteBuffer());
      }
      octets.flip();
    }

    void end() {
      ended = true;
    }

    int left() {
      return octets.remaining();
    }

    @Override
    public int read(ByteBuffer into) {
      pause = !pause;
      if (ended) {
        return -1;
      }
      int count = pause ? Math.min(portion, Math.min(into.remaining(), left())) : 0;
      into.put(octets.slice(octets.position(), count));
      octets.position(octets.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
