package io.bradawl.runtime.tcp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.tcp.ConnectionId;
import io.bradawl.protocol.path.tcp.PunchInput;
import io.bradawl.protocol.path.tcp.TcpPunch;
import io.bradawl.runtime.dial.FramedReader;
import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** One connection of a punch, or an attempt at it. */
final class PunchConnection {

  private final ConnectionId id;
  private final SocketChannel channel;
  private final Consumer<PunchInput> events;
  private final DriverLoop.Watch watch;
  private final FramedReader reader = new FramedReader(TcpPunch.MAX_MESSAGE_LENGTH);
  private boolean connected;
  private boolean over;

  private PunchConnection(
      DriverLoop loop,
      ConnectionId id,
      SocketChannel channel,
      int interest,
      Consumer<PunchInput> events)
      throws IOException {
    this.id = id;
    this.channel = channel;
    this.events = events;
    this.connected = interest == SelectionKey.OP_READ;
    this.watch = loop.watch(channel, interest, this::ready);
  }

  /** A channel that connects. */
  static PunchConnection dialled(
      DriverLoop loop, ConnectionId id, SocketChannel channel, Consumer<PunchInput> events)
      throws IOException {
    PunchConnection connection =
        new PunchConnection(loop, id, channel, SelectionKey.OP_CONNECT, events);
    if (channel.isConnected()) { // at once; then no selector will ever say so
      loop.execute(() -> connection.ready(SelectionKey.OP_CONNECT));
    }
    return connection;
  }

  /** A channel that stands already and is in non-blocking mode. */
  static PunchConnection standing(
      DriverLoop loop, ConnectionId id, SocketChannel channel, Consumer<PunchInput> events)
      throws IOException {
    return new PunchConnection(loop, id, channel, SelectionKey.OP_READ, events);
  }

  SocketChannel channel() {
    return channel;
  }

  /**
   * A message that does not fit the empty send buffer can only mean that the connection is dead.
   */
  void write(Octets message) {
    ByteBuffer octets = message.asByteBuffer();
    try {
      channel.write(octets);
      if (octets.hasRemaining()) {
        throw new IOException("the send buffer is full");
      }
    } catch (IOException e) {
      abort();
      events.accept(new PunchInput.Closed(id));
    }
  }

  /** Whether it has ended, if only because a write has failed: it is of no use any more. */
  boolean isOver() {
    return over;
  }

  /** Reads no more; {@code released} runs when the channel is in no selector. */
  void release(Runnable released) {
    over = true;
    watch.release(released);
  }

  /**
   * Closes. A channel that is in a selector keeps its descriptor, and with it the pair of
   * addresses, so it is closed only once it is out: after all that the loop has been given to do.
   */
  void abort() {
    over = true;
    watch.release(() -> PunchSockets.abort(channel));
  }

  private void ready(int ops) {
    if (over) {
      return;
    }
    if (!connected) {
      finishConnect();
    } else if ((ops & SelectionKey.OP_READ) != 0) {
      read();
    }
  }

  private void finishConnect() {
    try {
      if (!channel.finishConnect()) {
        return;
      }
    } catch (IOException e) {
      abort();
      events.accept(new PunchInput.ConnectFailed(id, PunchSockets.causeOf(e)));
      return;
    }
    connected = true;
    watch.interest(SelectionKey.OP_READ);
    events.accept(new PunchInput.Connected(id));
  }

  /** Each message may be the one after which all belongs to the application. */
  private void read() {
    try {
      while (!over) {
        Octets message = reader.read(channel);
        if (message == null) {
          return;
        }
        events.accept(new PunchInput.Message(id, message));
      }
    } catch (IOException e) {
      abort();
      events.accept(new PunchInput.Closed(id));
    }
  }
}
