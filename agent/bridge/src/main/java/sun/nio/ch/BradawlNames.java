package sun.nio.ch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Answers look-ups of peers' names. A name without the suffix is only compared with it. */
public final class BradawlNames {

  private static volatile BradawlNameHooks hooks;
  private static volatile String suffix = "";

  private BradawlNames() {}

  /**
   * From now on {@code resolver} is asked for names that end in {@code dotAndSuffix}, in any case,
   * with or without the root's dot, and for addresses.
   */
  public static void install(String dotAndSuffix, BradawlNameHooks resolver) {
    suffix = dotAndSuffix;
    hooks = resolver;
  }

  /** From now on all look-ups are the JDK's. */
  public static void remove() {
    hooks = null;
  }

  /** On entry of {@code InetAddress.getAllByName0} in 17. */
  public static InetAddress[] resolve(
      String host, InetAddress preferred, boolean check, boolean useCache)
      throws UnknownHostException {
    return resolve(host, useCache);
  }

  /** On entry of {@code InetAddress.getAllByName0} in later versions. */
  public static InetAddress[] resolve(String host, boolean useCache) throws UnknownHostException {
    BradawlNameHooks resolver = hooks;
    if (resolver == null || host == null) {
      return null;
    }
    int labels = labels(host);
    if (labels < 0) {
      return null;
    }
    try {
      return new InetAddress[] {resolver.resolve(host, host.substring(0, labels))};
    } catch (UnknownHostException e) {
      BradawlUnknownPeers.remember(host, e);
      throw e;
    }
  }

  /** On entry of {@code InetAddress.getHostFromNameService} in 17. */
  public static String reverse(InetAddress address, boolean check) {
    return reverse(address);
  }

  /** On entry of {@code InetAddress.getHostFromNameService} in later versions. */
  public static String reverse(InetAddress address) {
    BradawlNameHooks resolver = hooks;
    return resolver == null ? null : resolver.reverse(address);
  }

  /** The length of what stands before the suffix, or -1. */
  private static int labels(String host) {
    int end = host.length();
    if (end > 0 && host.charAt(end - 1) == '.') {
      end--;
    }
    int start = end - suffix.length();
    return start >= 0 && host.regionMatches(true, start, suffix, 0, suffix.length()) ? start : -1;
  }
}
