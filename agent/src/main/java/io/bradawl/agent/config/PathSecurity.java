package io.bradawl.agent.config;

import io.bradawl.protocol.signal.Security;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How paths are secured, by the port of the service.
 *
 * @param usual of all ports but {@code others}
 * @param others the ports that have the other security, {@code null} for none
 */
public record PathSecurity(Security usual, @Nullable PortSet others) {

  /**
   * Reads {@code encrypted,authenticated:8443}.
   *
   * @throws IllegalArgumentException if the text is not of that form; the message says what is
   *     wrong
   */
  static PathSecurity parse(String text) {
    Security usual = null;
    Map<Security, String> ports = new EnumMap<>(Security.class);
    for (String part : text.split(",", -1)) {
      String entry = part.strip();
      int colon = entry.indexOf(':');
      Security security = security(colon < 0 ? entry : entry.substring(0, colon));
      if (colon >= 0) {
        String before = ports.get(security);
        String more = entry.substring(colon + 1);
        ports.put(security, before == null ? more : before + "," + more);
      } else if (usual != null) {
        throw new IllegalArgumentException("\"" + entry + "\" is a second value for all ports");
      } else {
        usual = security;
      }
    }
    return of(usual == null ? Security.ENCRYPTED : usual, ports);
  }

  private static PathSecurity of(Security usual, Map<Security, String> ports) {
    PortSet same = ports(ports.get(usual));
    PortSet others = ports(ports.get(other(usual)));
    if (same != null && others != null && same.intersects(others)) {
      throw new IllegalArgumentException("a port is both encrypted and authenticated");
    }
    return new PathSecurity(usual, others);
  }

  /** The security of paths to the service at {@code port}. */
  public Security of(int port) {
    return others != null && others.includes(port) ? other(usual) : usual;
  }

  /** Whether there is a port for which this is the security. */
  boolean uses(Security security) {
    return usual == security || others != null;
  }

  private static Security security(String text) {
    for (Security security : Security.values()) {
      if (security.name().toLowerCase(Locale.ROOT).equals(text)) {
        return security;
      }
    }
    throw new IllegalArgumentException("\"" + text + "\" is neither encrypted nor authenticated");
  }

  private static Security other(Security security) {
    return security == Security.ENCRYPTED ? Security.AUTHENTICATED : Security.ENCRYPTED;
  }

  private static @Nullable PortSet ports(@Nullable String text) {
    return text == null ? null : PortSet.parse(text);
  }
}
