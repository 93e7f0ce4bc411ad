package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;

/**
 * Private members of the JDK that placing one socket behind another's descriptor needs. Loaded on
 * first use.
 */
final class BradawlTcpJdk {

  private static final MethodType TWO_INTS =
      MethodType.methodType(void.class, int.class, int.class);
  private static final MethodHandle DUP =
      method(InheritedChannel.class, "dup", MethodType.methodType(int.class, int.class));
  private static final MethodHandle DUP2 = method(InheritedChannel.class, "dup2", TWO_INTS);
  private static final MethodHandle CLOSE =
      method(InheritedChannel.class, "close0", MethodType.methodType(void.class, int.class));
  private static final MethodHandle CHECK_CONNECT =
      method(
          UnixAsynchronousSocketChannelImpl.class,
          "checkConnect",
          MethodType.methodType(void.class, int.class));

  /** Wakes a virtual thread that is parked on a descriptor; null where there are none. */
  private static final MethodHandle STOP_POLL = stopPoll();

  private static final MethodHandle IS_VIRTUAL = isVirtual();

  private static final MethodHandle KEYS =
      field(AbstractSelectableChannel.class, "keys", SelectionKey[].class);
  private static final MethodHandle KEY_LOCK =
      field(AbstractSelectableChannel.class, "keyLock", Object.class);
  private static final MethodHandle EPOLL = field(EPollSelectorImpl.class, "epfd", int.class);
  private static final MethodHandle UPDATE_LOCK =
      field(EPollSelectorImpl.class, "updateLock", Object.class);

  private BradawlTcpJdk() {}

  /** A new descriptor for what {@code fd} stands for. */
  static int dup(int fd) throws IOException {
    try {
      return (int) DUP.invokeExact(fd);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** Makes {@code to} stand for what {@code from} stands for. */
  static void dup2(int from, int to) throws IOException {
    try {
      DUP2.invokeExact(from, to);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static void close(int fd) {
    try {
      CLOSE.invokeExact(fd);
    } catch (Throwable e) {
      // Linux has released the descriptor whatever close(2) says.
    }
  }

  static void checkConnect(int fd) throws IOException {
    try {
      CHECK_CONNECT.invokeExact(fd);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** Unparks the thread if it is a virtual one; {@code waiting} is its {@code NativeThread}. */
  static void wakeVirtualThread(int fd, long waiting) throws IOException {
    if (STOP_POLL == null || IS_VIRTUAL == null) {
      return;
    }
    try {
      if ((boolean) IS_VIRTUAL.invokeExact(waiting)) {
        STOP_POLL.invokeExact(fd);
      }
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static Object keyLock(AbstractSelectableChannel channel) throws IOException {
    return read(KEY_LOCK, channel);
  }

  /** With {@link #keyLock} held; may be null and may have gaps. */
  static SelectionKey[] keys(AbstractSelectableChannel channel) throws IOException {
    return (SelectionKey[]) read(KEYS, channel);
  }

  static int epoll(EPollSelectorImpl selector) throws IOException {
    return (Integer) read(EPOLL, selector);
  }

  static Object updateLock(EPollSelectorImpl selector) throws IOException {
    return read(UPDATE_LOCK, selector);
  }

  static Object read(MethodHandle getter, Object of) throws IOException {
    try {
      return getter.invoke(of);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** A getter of a private field; {@code null} if this JDK does not have it. */
  static MethodHandle fieldIfPresent(Class<?> in, String name, Class<?> type) {
    try {
      return privately(in).findGetter(in, name, type);
    } catch (NoSuchFieldException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new LinkageError(e.getMessage());
    }
  }

  static MethodHandle field(Class<?> in, String name, Class<?> type) {
    MethodHandle getter = fieldIfPresent(in, name, type);
    if (getter == null) {
      throw new NoSuchFieldError(in.getName() + "." + name);
    }
    return getter;
  }

  static FileDescriptor descriptor(int fd) {
    return IOUtil.newFD(fd);
  }

  private static MethodHandle method(Class<?> in, String name, MethodType type) {
    try {
      return privately(in).findStatic(in, name, type);
    } catch (NoSuchMethodException e) {
      throw new NoSuchMethodError(in.getName() + "." + name + type);
    } catch (IllegalAccessException e) {
      throw new LinkageError(e.getMessage());
    }
  }

  private static MethodHandle stopPoll() {
    try {
      Class<?> poller = Class.forName("sun.nio.ch.Poller", false, null);
      return privately(poller)
          .findStatic(poller, "stopPoll", MethodType.methodType(void.class, int.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static MethodHandle isVirtual() {
    try {
      return privately(NativeThread.class)
          .findStatic(
              NativeThread.class,
              "isVirtualThread",
              MethodType.methodType(boolean.class, long.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static Lookup privately(Class<?> in) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(in, MethodHandles.lookup());
  }

  private static IOException rethrown(Throwable e) {
    if (e instanceof IOException) {
      return (IOException) e;
    }
    if (e instanceof Error) {
      throw (Error) e;
    }
    throw (RuntimeException) e;
  }
}
