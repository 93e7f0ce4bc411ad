package sun.nio.ch;

import java.io.FileDescriptor;
import java.net.InetSocketAddress;

/** Told when the application listens on a TCP socket. Must not throw. */
public interface BradawlListenHook {

  /** The socket is bound and about to listen. */
  void listens(FileDescriptor fd, InetSocketAddress local);

  /** The socket is listening. */
  void listening(FileDescriptor fd, InetSocketAddress local);
}
