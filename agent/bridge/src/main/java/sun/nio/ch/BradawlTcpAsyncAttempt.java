package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;

/** An {@code AsynchronousSocketChannel}: its channel group polls once, whenever asked to. */
final class BradawlTcpAsyncAttempt extends BradawlTcpAttempt {

  private static final MethodHandle PORT =
      BradawlTcpJdk.field(UnixAsynchronousSocketChannelImpl.class, "port", Port.class);

  private final UnixAsynchronousSocketChannelImpl channel;

  BradawlTcpAsyncAttempt(
      UnixAsynchronousSocketChannelImpl channel, FileDescriptor fd, InetSocketAddress remote) {
    super(channel, fd, Net.UNSPEC, remote);
    this.channel = channel;
  }

  @Override
  boolean connecting() {
    return channel.isOpen() && channel.state == AsynchronousSocketChannelImpl.ST_PENDING;
  }

  @Override
  boolean place(FileDescriptor connection) throws IOException {
    boolean placed = exchangeIfConnecting(connection);
    if (placed) {
      wake();
    }
    return placed;
  }

  @Override
  void placeGate(FileDescriptor gate) throws IOException {
    exchangeIfConnecting(gate);
  }

  @Override
  boolean openGate() throws IOException {
    try {
      channel.begin();
      shutdown(fd);
      return true;
    } catch (ClosedChannelException e) {
      return false;
    } finally {
      channel.end();
    }
  }

  /** Between begin and end the channel cannot be closed, and so its descriptor not be used anew. */
  private boolean exchangeIfConnecting(FileDescriptor by) throws IOException {
    try {
      channel.begin();
      synchronized (channel.stateLock) {
        if (!connecting()) {
          return false;
        }
        BradawlTcpOptions.copy(fd, by, family);
        IOUtil.configureBlocking(by, false);
        exchange(fd, by);
        return true;
      }
    } catch (ClosedChannelException e) {
      return false;
    } finally {
      channel.end();
    }
  }

  private void wake() throws IOException {
    try {
      channel.begin();
      ((Port) BradawlTcpJdk.read(PORT, channel)).startPoll(IOUtil.fdVal(fd), Net.POLLOUT);
    } catch (ClosedChannelException e) {
      // Closing completes the connect by itself.
    } finally {
      channel.end();
    }
  }
}
