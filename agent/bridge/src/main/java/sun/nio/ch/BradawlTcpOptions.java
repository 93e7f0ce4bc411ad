package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import sun.net.ext.ExtendedSocketOptions;

/**
 * Carries over the socket options that an application has set before, or while, its socket
 * connected.
 */
final class BradawlTcpOptions {

  private static final List<SocketOption<?>> OPTIONS = options();

  private BradawlTcpOptions() {}

  /**
   * Only what differs from a fresh socket is set: setting a buffer size, even to the value it has,
   * would end the kernel's tuning of it.
   */
  static void copy(FileDescriptor from, FileDescriptor to, ProtocolFamily family)
      throws IOException {
    FileDescriptor fresh = Net.socket(family, true);
    try {
      for (SocketOption<?> option : OPTIONS) {
        copy(option, from, to, fresh, family);
      }
    } finally {
      BradawlTcpJdk.close(IOUtil.fdVal(fresh));
    }
  }

  private static void copy(
      SocketOption<?> option,
      FileDescriptor from,
      FileDescriptor to,
      FileDescriptor fresh,
      ProtocolFamily family) {
    // IP_TOS has a name per family; for all others "unspecified" asks for the conversions of Net.c
    ProtocolFamily of = option == StandardSocketOptions.IP_TOS ? known(family) : Net.UNSPEC;
    try {
      Object value = Net.getSocketOption(from, of, option);
      if (!value.equals(Net.getSocketOption(fresh, of, option))) {
        Net.setSocketOption(to, of, option, value);
      }
    } catch (IOException | RuntimeException e) {
      // An option that this kernel does not know, the application has not set either.
    }
  }

  private static ProtocolFamily known(ProtocolFamily family) {
    if (family != Net.UNSPEC) {
      return family;
    }
    return Net.isIPv6Available()
        ? java.net.StandardProtocolFamily.INET6
        : java.net.StandardProtocolFamily.INET;
  }

  private static List<SocketOption<?>> options() {
    List<SocketOption<?>> options = new ArrayList<>();
    options.add(StandardSocketOptions.SO_KEEPALIVE);
    options.add(StandardSocketOptions.TCP_NODELAY);
    options.add(StandardSocketOptions.SO_LINGER);
    options.add(StandardSocketOptions.SO_RCVBUF);
    options.add(StandardSocketOptions.SO_SNDBUF);
    options.add(StandardSocketOptions.IP_TOS);
    options.add(ExtendedSocketOption.SO_OOBINLINE);
    for (SocketOption<?> option : ExtendedSocketOptions.clientSocketOptions()) {
      if (option.name().startsWith("TCP_KEEP")) {
        options.add(option);
      }
    }
    return options;
  }
}
