package io.bradawl.runtime.signal;

/**
 * A rendezvous server as the user named it; its host name is looked up anew for each connection.
 *
 * @param host name or address literal, IPv6 without brackets
 * @param port of plain TCP and UDP, 1 to 65535
 * @param tlsPort of TLS, which is spoken where plain TCP does not get through
 * @param tlsOnly whether plain TCP is not even to be tried
 */
public record RendezvousServer(String host, int port, int tlsPort, boolean tlsOnly) {

  /** The port of STUN (RFC 8489 section 18.6), on which the rendezvous serves by default. */
  public static final int DEFAULT_PORT = 3478;

  /** The port that the most guarded networks let out. */
  public static final int TLS_PORT = 443;

  /** One that is tried by plain TCP first. */
  public RendezvousServer(String host, int port) {
    this(host, port, TLS_PORT, false);
  }

  /** One that is only spoken to by TLS; where UDP gets through, on the default port. */
  public static RendezvousServer tls(String host, int tlsPort) {
    return new RendezvousServer(host, DEFAULT_PORT, tlsPort, true);
  }

  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return tlsOnly ? "tls:" + shown + ":" + tlsPort : shown + ":" + port;
  }
}
