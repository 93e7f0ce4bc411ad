package sun.nio.ch;

import jdk.internal.misc.Unsafe;

/** Reads Linux's {@code struct sockaddr_in} and {@code sockaddr_in6} without making objects. */
final class BradawlUdpSockaddr {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final int AF_INET6 = 10;
  private static final int PORT = 2;
  private static final int IPV4 = 4;
  private static final int IPV6 = 8;
  private static final long V4_MAPPED = 0xFFFF_0000_0000L;

  private BradawlUdpSockaddr() {}

  static int port(long sockaddr) {
    return UNSAFE.getCharUnaligned(null, sockaddr + PORT, true);
  }

  static long ipHigh(long sockaddr) {
    return isIpv6(sockaddr) ? UNSAFE.getLongUnaligned(null, sockaddr + IPV6, true) : 0;
  }

  static long ipLow(long sockaddr) {
    return isIpv6(sockaddr)
        ? UNSAFE.getLongUnaligned(null, sockaddr + IPV6 + 8, true)
        : V4_MAPPED | UNSAFE.getIntUnaligned(null, sockaddr + IPV4, true) & 0xFFFFFFFFL;
  }

  private static boolean isIpv6(long sockaddr) {
    return UNSAFE.getShort(sockaddr) == AF_INET6;
  }
}
