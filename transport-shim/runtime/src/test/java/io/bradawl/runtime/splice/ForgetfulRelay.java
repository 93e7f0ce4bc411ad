package io.bradawl.runtime.splice;

import io.bradawl.protocol.seal.Relaying;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A relay that is as forgetful as coturn 4.6.1 to 4.17.1 ({@code socket_output_handler_bev}): it
 * stops reading from a side of which too much waits for the other, and once that is gone reads on
 * only if little waits for that side itself. So after both directions were full at once, nobody
 * ever reads one of the two sides again.
 */
final class ForgetfulRelay implements AutoCloseable {

  private static final int READ_AT_ONCE = 64 * 1024;
  private static final int TOO_MUCH = 192 * 1024 - READ_AT_ONCE;

  private final Selector selector = Selector.open();
  private final Thread thread = new Thread(this::run, "forgetful-relay");
  private final Side left;
  private final Side right;
  private final Ends ends;

  private ForgetfulRelay(SocketChannel left, SocketChannel right, Ends ends) throws IOException {
    this.left = new Side(left);
    this.right = new Side(right);
    this.ends = ends;
    thread.start();
  }

  /** Between two splices which know of it what is said. */
  static ForgetfulRelay between(SpliceLoops loops, Relaying atLeft, Relaying atRight)
      throws IOException {
    LoopbackPair left = LoopbackPair.open();
    LoopbackPair right = LoopbackPair.open();
    Ends ends =
        Ends.between(
            new Ends.Side(loops, left.application(), atLeft),
            new Ends.Side(loops, right.application(), atRight));
    return new ForgetfulRelay(left.own(), right.own(), ends);
  }

  Ends ends() {
    return ends;
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        left.listen();
        right.listen();
        selector.select(key -> serve(key == left.key ? left : right, key.readyOps()));
      }
    } catch (IOException | UncheckedIOException | ClosedSelectorException e) {
      // it has gone, or one of the others has
    }
  }

  private void serve(Side side, int ready) {
    Side other = side == left ? right : left;
    try {
      if ((ready & SelectionKey.OP_READ) != 0) {
        side.read(other);
      }
      if ((ready & SelectionKey.OP_WRITE) != 0) {
        side.write(other);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    left.channel.close();
    right.channel.close();
    ends.close();
  }

  /** One of the two connections, and what waits for it. */
  private final class Side {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private boolean isRead = true;

    Side(SocketChannel channel) throws IOException {
      this.channel = channel;
      channel.configureBlocking(false);
      key = channel.register(selector, 0);
    }

    void listen() {
      int reading = isRead ? SelectionKey.OP_READ : 0;
      key.interestOps(waiting.isEmpty() ? reading : reading | SelectionKey.OP_WRITE);
    }

    void read(Side other) throws IOException {
      isRead = other.hasLittle();
      ByteBuffer data = ByteBuffer.allocate(READ_AT_ONCE);
      if (channel.read(data) < 0) {
        throw new IOException("ended");
      }
      other.waiting.add(data.flip());
    }

    void write(Side other) throws IOException {
      while (!waiting.isEmpty() && !waiting.element().hasRemaining()
          || !waiting.isEmpty() && channel.write(waiting.element()) > 0) {
        if (!waiting.element().hasRemaining()) {
          waiting.remove();
        }
      }
      if (waiting.isEmpty() && !other.isRead) {
        other.isRead = other.hasLittle(); // where it should ask: whether this side has
      }
    }

    private boolean hasLittle() {
      return waiting.stream().mapToInt(ByteBuffer::remaining).sum() < TOO_MUCH;
    }
  }
}
