package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.Transport;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a TURN server is, RFC 7065: {@code turn:relay.example.org:3478?transport=tcp}.
 *
 * @param secure over TLS ({@code turns}), which is always over TCP here
 * @param host name or address literal, IPv6 without brackets
 * @param port 1 to 65535
 * @param transport {@code null} if the URI leaves it open: UDP is tried first, then TCP
 */
public record TurnUri(boolean secure, String host, int port, @Nullable Transport transport) {

  /** RFC 7065 section 3.1, for {@code turn}. */
  public static final int DEFAULT_PORT = 3478;

  /** RFC 7065 section 3.1, for {@code turns}. */
  public static final int DEFAULT_SECURE_PORT = 5349;

  /** Characters of the longest URI that is read: as long as a host name may be, and some. */
  public static final int MAX_LENGTH = 300;

  private static final Pattern FORM =
      Pattern.compile(
          "(turns?):(\\[[0-9a-f:.%]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?(?:\\?transport=([a-z]+))?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException if it is none, or asks for DTLS; the message says what is
   *     allowed
   */
  public static TurnUri parse(String text) {
    Matcher uri = FORM.matcher(text);
    if (text.length() > MAX_LENGTH || !uri.matches()) {
      throw new IllegalArgumentException(
          "must look like turn:host:port?transport=udp, ...?transport=tcp or turns:host:port");
    }
    boolean secure = uri.group(1).equalsIgnoreCase("turns");
    String host = uri.group(2).replace("[", "").replace("]", "");
    return new TurnUri(secure, host, port(secure, uri.group(3)), transport(secure, uri.group(4)));
  }

  private static int port(boolean secure, @Nullable String given) {
    int port =
        given != null ? Integer.parseInt(given) : secure ? DEFAULT_SECURE_PORT : DEFAULT_PORT;
    if (port < 1 || port > 0xFFFF) {
      throw new IllegalArgumentException("port " + port + " is outside 1..65535");
    }
    return port;
  }

  private static @Nullable Transport transport(boolean secure, @Nullable String given) {
    String named = given == null ? "" : given.toLowerCase(Locale.ROOT);
    if (secure && named.equals("udp")) {
      throw new IllegalArgumentException("DTLS is not supported, turns:...?transport=tcp is");
    }
    return switch (named) {
      case "" -> secure ? Transport.TCP : null;
      case "udp" -> Transport.UDP;
      case "tcp" -> Transport.TCP;
      default ->
          throw new IllegalArgumentException("transport " + given + " is neither udp nor tcp");
    };
  }

  /** The URI. */
  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    String how = transport == null || secure ? "" : "?transport=" + transport.label();
    return (secure ? "turns:" : "turn:") + shown + ":" + port + how;
  }
}
