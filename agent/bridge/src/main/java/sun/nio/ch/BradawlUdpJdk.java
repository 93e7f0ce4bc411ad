package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The private members of {@code DatagramChannelImpl} that the bridge needs; looked up at the first
 * peer socket.
 */
final class BradawlUdpJdk {

  private static final MethodHandle RECEIVE;
  private static final MethodHandle SEND;
  private static final MethodHandle SEND0;
  private static final MethodHandle DISCONNECT0;
  private static final VarHandle SOURCE;
  private static final VarHandle READ_LOCK;
  private static final VarHandle STATE_LOCK;
  private static final VarHandle FAMILY;

  static {
    Class<?> channel = DatagramChannelImpl.class;
    Class<?> fd = FileDescriptor.class;
    try {
      MethodHandles.Lookup in = MethodHandles.privateLookupIn(channel, MethodHandles.lookup());
      RECEIVE =
          in.findVirtual(
              channel,
              "receiveIntoNativeBuffer",
              MethodType.methodType(
                  int.class, ByteBuffer.class, int.class, int.class, boolean.class));
      SEND =
          in.findVirtual(
              channel,
              "sendFromNativeBuffer",
              MethodType.methodType(int.class, fd, ByteBuffer.class, InetSocketAddress.class));
      SEND0 =
          in.findStatic(
              channel,
              "send0",
              MethodType.methodType(int.class, fd, long.class, int.class, long.class, int.class));
      DISCONNECT0 =
          in.findStatic(
              channel, "disconnect0", MethodType.methodType(void.class, fd, boolean.class));
      SOURCE = in.findVarHandle(channel, "sourceSockAddr", NativeSocketAddress.class);
      READ_LOCK = in.findVarHandle(channel, "readLock", ReentrantLock.class);
      STATE_LOCK = in.findVarHandle(channel, "stateLock", Object.class);
      FAMILY = in.findVarHandle(channel, "family", ProtocolFamily.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private BradawlUdpJdk() {}

  static int receive(
      DatagramChannelImpl channel, ByteBuffer bb, int rem, int pos, boolean connected)
      throws IOException {
    try {
      return (int) RECEIVE.invokeExact(channel, bb, rem, pos, connected);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static int send(DatagramChannelImpl channel, ByteBuffer bb, InetSocketAddress target)
      throws IOException {
    try {
      return (int) SEND.invokeExact(channel, channel.getFD(), bb, target);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static int send0(FileDescriptor fd, long address, int length, long target, int targetLength)
      throws IOException {
    try {
      return (int) SEND0.invokeExact(fd, address, length, target, targetLength);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static void disconnect(FileDescriptor fd, boolean ipv6) throws IOException {
    try {
      DISCONNECT0.invokeExact(fd, ipv6);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  static NativeSocketAddress source(DatagramChannelImpl channel) {
    return (NativeSocketAddress) SOURCE.get(channel);
  }

  static ReentrantLock readLock(DatagramChannelImpl channel) {
    return (ReentrantLock) READ_LOCK.get(channel);
  }

  static Object stateLock(DatagramChannelImpl channel) {
    return (Object) STATE_LOCK.get(channel);
  }

  static ProtocolFamily family(DatagramChannelImpl channel) {
    return (ProtocolFamily) FAMILY.get(channel);
  }

  private static IOException rethrow(Throwable e) throws IOException {
    if (e instanceof IOException) {
      throw (IOException) e;
    }
    if (e instanceof RuntimeException) {
      throw (RuntimeException) e;
    }
    if (e instanceof Error) {
      throw (Error) e;
    }
    throw new IOException(e);
  }
}
