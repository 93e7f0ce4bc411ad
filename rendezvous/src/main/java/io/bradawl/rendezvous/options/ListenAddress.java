package io.bradawl.rendezvous.options;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 0.0.0.0:3478}, {@code [::]:3478}, {@code 192.0.2.1} or {@code :3478}. */
class ListenAddress implements ITypeConverter<InetSocketAddress> {

  /** The port of STUN, RFC 8489 section 18.6. */
  private static final int STUN_PORT = 3478;

  /** The same over TLS. */
  private static final int STUNS_PORT = 5349;

  private static final Pattern FORM =
      Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[^:\\[\\]]*)(:(?<port>\\d{1,5}))?");

  private final int defaultPort;

  ListenAddress() {
    this(STUN_PORT);
  }

  private ListenAddress(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /** Reads {@code 0.0.0.0:443}, or an address alone for the port of STUN over TLS. */
  static final class Tls extends ListenAddress {
    Tls() {
      super(STUNS_PORT);
    }
  }

  @Override
  public InetSocketAddress convert(String text) {
    Matcher form = FORM.matcher(text);
    if (text.isEmpty() || !form.matches()) {
      throw new TypeConversionException(
          "\""
              + text
              + "\" is not of the form address:port, for example 0.0.0.0:3478 or [::]:3478");
    }
    String port = form.group("port");
    int number = port == null ? defaultPort : Integer.parseInt(port);
    if (number > 0xFFFF) {
      throw new TypeConversionException("port " + number + " is outside 0..65535");
    }
    return new InetSocketAddress(ip(form.group("host")), number);
  }

  private static InetAddress ip(String host) {
    try {
      return InetAddress.getByName(host.isEmpty() ? "0.0.0.0" : host);
    } catch (UnknownHostException e) {
      throw new TypeConversionException("host \"" + host + "\" is unknown");
    }
  }
}
