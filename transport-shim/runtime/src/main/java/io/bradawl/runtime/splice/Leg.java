package io.bradawl.runtime.splice;

import io.bradawl.runtime.loop.DriverLoop.Watch;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One of the two connections that a splice joins. Whatever goes wrong on it is its reset. */
final class Leg {

  private final SpliceLoop loop;
  private final SocketChannel channel;
  private final SpliceEnd reset;
  private final boolean halfCloses;
  private @Nullable Watch watch;
  private int interest;
  private boolean outputEnded;
  private boolean closed;

  /**
   * @param reset what it means for the splice when this leg breaks
   * @param halfCloses whether the end of the output is to show on the connection
   */
  Leg(SpliceLoop loop, SocketChannel channel, SpliceEnd reset, boolean halfCloses) {
    this.loop = loop;
    this.channel = channel;
    this.reset = reset;
    this.halfCloses = halfCloses;
  }

  /**
   * Begins to read.
   *
   * @param ready gets the operations that are ready
   * @param broken hears of a reset while nobody reads
   */
  void start(IntConsumer ready, Consumer<SpliceFailure> broken) throws SpliceFailure {
    interest = SelectionKey.OP_READ;
    loop.probe().know(channel, () -> broken.accept(broken(new IOException("Connection reset"))));
    try {
      watch = loop.driver().watch(channel, interest, ready);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Octets read, 0 if there are none yet, -1 at the end. */
  long read(ByteBuffer[] into) throws SpliceFailure {
    try {
      return channel.read(into);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** As {@link #read(ByteBuffer[])}. */
  int read(ByteBuffer into) throws SpliceFailure {
    try {
      return channel.read(into);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Writes what the kernel takes now. */
  void write(ByteBuffer from) throws SpliceFailure {
    try {
      channel.write(from);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  void endOutput() throws SpliceFailure {
    outputEnded = true;
    judge();
    if (!halfCloses) {
      return;
    }
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  void reading(boolean wanted) {
    want(SelectionKey.OP_READ, wanted);
  }

  void writing(boolean wanted) {
    want(SelectionKey.OP_WRITE, wanted);
  }

  private void want(int op, boolean wanted) {
    int ops = wanted ? interest | op : interest & ~op;
    if (ops != interest && watch != null && !closed) {
      interest = ops;
      watch.interest(ops);
      judge();
    }
  }

  private void judge() {
    boolean deaf = (interest & SelectionKey.OP_READ) == 0;
    loop.probe().suspect(channel, deaf && !outputEnded);
  }

  SpliceFailure broken(IOException cause) {
    return new SpliceFailure(reset, cause);
  }

  /** Closes in order: what has been written still arrives. */
  void close() {
    leave();
    try {
      channel.close();
    } catch (IOException e) {
      // closed all the same
    }
  }

  /** Closes so that the other side of the connection sees a reset. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // it has been reset before
    }
    close();
  }

  private void leave() {
    closed = true;
    loop.probe().forget(channel);
    if (watch != null) {
      watch.cancel();
    }
  }
}
