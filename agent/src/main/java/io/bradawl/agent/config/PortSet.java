package io.bradawl.agent.config;

import java.util.BitSet;

/** A set of ports, 1 to 65535. */
public final class PortSet {

  private static final int LAST = 65_535;

  private final BitSet ports;

  private PortSet(BitSet ports) {
    this.ports = ports;
  }

  /**
   * Reads {@code 8080,5000-5010}.
   *
   * @throws IllegalArgumentException if the text is not of that form; the message says what is
   *     wrong
   */
  public static PortSet parse(String text) {
    BitSet ports = new BitSet();
    for (String part : text.split(",", -1)) {
      String range = part.strip();
      int dash = range.indexOf('-');
      int first = port(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : port(range.substring(dash + 1));
      if (last < first) {
        throw new IllegalArgumentException("the range " + range + " ends before it begins");
      }
      ports.set(first, last + 1);
    }
    return new PortSet(ports);
  }

  /** Whether {@code port} is one of them. */
  public boolean includes(int port) {
    return ports.get(port);
  }

  boolean intersects(PortSet other) {
    return ports.intersects(other.ports);
  }

  /** Reads one port, 1 to 65535. */
  static int port(String text) {
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      port = digit < '0' || digit > '9' || port > LAST ? LAST + 1 : port * 10 + digit - '0';
    }
    if (port < 1 || port > LAST) {
      throw new IllegalArgumentException("\"" + text + "\" is not a port, 1..65535");
    }
    return port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PortSet set && ports.equals(set.ports);
  }

  @Override
  public int hashCode() {
    return ports.hashCode();
  }

  @Override
  public String toString() {
    return ports.toString();
  }
}
