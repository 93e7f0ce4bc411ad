package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** Stands in for {@code Net.listen} where TCP listeners call it. */
public final class BradawlListen {

  private static volatile BradawlListenHook[] hooks = {};

  private BradawlListen() {}

  /** From now on {@code hook} is told of each listener, after the hooks added before. */
  public static synchronized void add(BradawlListenHook hook) {
    BradawlListenHook[] more = new BradawlListenHook[hooks.length + 1];
    System.arraycopy(hooks, 0, more, 0, hooks.length);
    more[hooks.length] = hook;
    hooks = more;
  }

  /** From now on {@code hook} is told nothing more. */
  public static synchronized void remove(BradawlListenHook hook) {
    int left = 0;
    BradawlListenHook[] fewer = new BradawlListenHook[hooks.length];
    for (BradawlListenHook other : hooks) {
      if (other != hook) {
        fewer[left++] = other;
      }
    }
    hooks = Arrays.copyOf(fewer, left);
  }

  static void listen(FileDescriptor fd, int backlog) throws IOException {
    BradawlListenHook[] told = hooks;
    InetSocketAddress local = told.length == 0 ? null : Net.localAddress(fd);
    for (BradawlListenHook hook : told) {
      hook.listens(fd, local);
    }
    Net.listen(fd, backlog);
    for (BradawlListenHook hook : told) {
      hook.listening(fd, local);
    }
  }

  /** A listener that was inherited and listens already. */
  static void listening(FileDescriptor fd) throws IOException {
    BradawlListenHook[] told = hooks;
    if (told.length > 0) {
      InetSocketAddress local = Net.localAddress(fd);
      for (BradawlListenHook hook : told) {
        hook.listening(fd, local);
      }
    }
  }
}
