package io.bradawl.runtime.signal;

/**
 * A rendezvous server as the user named it; its host name is looked up anew for each connection.
 *
 * @param host name or address literal, IPv6 without brackets
 * @param port 1 to 65535
 */
public record RendezvousServer(String host, int port) {

  /** The port of STUN (RFC 8489 section 18.6), on which the rendezvous serves by default. */
  public static final int DEFAULT_PORT = 3478;

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
