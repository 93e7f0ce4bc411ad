package sun.nio.ch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Knows peers' names and virtual addresses. */
public interface BradawlNameHooks {

  /**
   * The virtual address of a peer.
   *
   * @param host as the application wrote it, for messages and as the address's host name
   * @param label what stands before the suffix; may be empty or hold dots
   * @throws UnknownHostException with the reason
   */
  InetAddress resolve(String host, String label) throws UnknownHostException;

  /** The host name of a virtual address, or {@code null} if {@code address} is none. */
  String reverse(InetAddress address);
}
