package io.bradawl.agent.config;

/**
 * Where a rendezvous server is, not yet resolved.
 *
 * @param host a host name or an IP address without brackets
 * @param port 1 to 65535
 * @param tls whether it is to be spoken to by TLS only, on that port
 */
public record RendezvousAddress(String host, int port, boolean tls) {

  /** The port of STUN (RFC 8489 section 8.1). */
  public static final int DEFAULT_PORT = 3478;

  private static final int DEFAULT_TLS_PORT = 443;
  private static final String TLS = "tls:";

  /**
   * Reads {@code [tls:]host[:port]}, with an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException if the text is not of that form; the message says what is
   *     wrong
   */
  public static RendezvousAddress parse(String text) {
    return text.startsWith(TLS) ? parse(text.substring(TLS.length()), true) : parse(text, false);
  }

  private static RendezvousAddress parse(String text, boolean tls) {
    int end = text.startsWith("[") ? text.indexOf(']') + 1 : colon(text);
    String host =
        text.startsWith("[") && end > 0 ? text.substring(1, end - 1) : text.substring(0, end);
    if (host.isEmpty() || !isHost(host, text.startsWith("["))) {
      throw new IllegalArgumentException("\"" + text + "\" is not host[:port]");
    }
    if (end == text.length()) {
      return new RendezvousAddress(host, tls ? DEFAULT_TLS_PORT : DEFAULT_PORT, tls);
    }
    if (text.charAt(end) != ':') {
      throw new IllegalArgumentException("\"" + text + "\" is not [address]:port");
    }
    return new RendezvousAddress(host, PortSet.port(text.substring(end + 1)), tls);
  }

  private static int colon(String text) {
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw new IllegalArgumentException("\"" + text + "\" is an IPv6 address without brackets");
    }
    return colon < 0 ? text.length() : colon;
  }

  private static boolean isHost(String host, boolean bracketed) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean name = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!name && "-._".indexOf(c) < 0 && !(bracketed && (c == ':' || c == '%'))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return (tls ? TLS : "") + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
