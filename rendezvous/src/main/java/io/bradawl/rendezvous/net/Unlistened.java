package io.bradawl.rendezvous.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Says why an address cannot be listened on, and what to do. */
public final class Unlistened {

  private Unlistened() {}

  /**
   * @param label for what it is, such as "tcp"
   * @param choice what the operator can choose another of, such as "address" or "--http"
   */
  public static IOException because(
      Throwable cause, String label, InetSocketAddress address, String choice) {
    String reason = String.valueOf(cause.getMessage());
    return new IOException(
        "cannot listen on "
            + label
            + " "
            + text(address)
            + ": "
            + reason
            + "; "
            + remedy(reason, choice),
        cause);
  }

  /** The kernel's words are the same whichever library passes them on. */
  private static String remedy(String reason, String choice) {
    if (reason.contains("Permission denied")) {
      return "give the process CAP_NET_BIND_SERVICE, or choose a port above 1023";
    }
    if (reason.contains("Cannot assign requested address")) {
      return "this machine has no such address, choose another " + choice;
    }
    return "end what uses it or choose another " + choice;
  }

  private static String text(InetSocketAddress address) {
    return address.isUnresolved() ? address.toString() : StunFrames.address(address).toString();
  }
}
