package io.bradawl.rendezvous.turn;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.Native;
import java.lang.reflect.Method;

/**
 * Keeps half-closed epoll channels writable. Netty 4.2.17 to 4.2.20 removes a channel from epoll
 * once it waits for nothing, as after the end of its input, and cannot add it again: the first
 * write that blocks then fails with ENOENT and closes the channel. A channel that is also to be
 * edge-triggered always waits for something, and nothing wakes it up without need.
 */
final class HalfClosed {

  private HalfClosed() {}

  /** To be called when the input ends, on the event loop, before the channel stops waiting. */
  static void keepWritable(Channel channel) {
    if (channel instanceof EpollSocketChannel) {
      try {
        Method setFlag = setFlag(channel.getClass());
        setFlag.setAccessible(true);
        setFlag.invoke(channel, Native.EPOLLET);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("this is not the Netty that the server was made with", e);
      }
    }
  }

  private static Method setFlag(Class<?> type) throws NoSuchMethodException {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        if (method.getName().equals("setFlag") && method.getParameterCount() == 1) {
          return method;
        }
      }
    }
    throw new NoSuchMethodException("setFlag of " + type);
  }
}
