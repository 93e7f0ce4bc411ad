package io.bradawl.agent.config;

import io.bradawl.protocol.address.Transport;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which ports of this process peers may reach. */
public final class ExposedPorts {

  /** Every one, as far as it is bound to other than loopback. */
  public static final ExposedPorts ALL = new ExposedPorts(null);

  private static final String NONE = "none";

  /** {@code null} for all. */
  private final @Nullable Map<Transport, PortSet> ports;

  private ExposedPorts(@Nullable Map<Transport, PortSet> ports) {
    this.ports = ports;
  }

  /**
   * Reads {@code tcp/8080,udp/5000-5010} or {@code none}.
   *
   * @throws IllegalArgumentException if the text is not of that form; the message says what is
   *     wrong
   */
  static ExposedPorts parse(String text) {
    Map<Transport, String> listed = new EnumMap<>(Transport.class);
    String[] parts = text.strip().equals(NONE) ? new String[0] : text.split(",", -1);
    for (String part : parts) {
      String entry = part.strip();
      int slash = entry.indexOf('/');
      Transport transport = transport(entry, slash);
      String before = listed.get(transport);
      String more = entry.substring(slash + 1);
      listed.put(transport, before == null ? more : before + "," + more);
    }
    Map<Transport, PortSet> ports = new EnumMap<>(Transport.class);
    for (Map.Entry<Transport, String> each : listed.entrySet()) {
      ports.put(each.getKey(), PortSet.parse(each.getValue()));
    }
    return new ExposedPorts(ports);
  }

  private static Transport transport(String entry, int slash) {
    for (Transport transport : Transport.values()) {
      if (slash > 0 && transport.label().equals(entry.substring(0, slash))) {
        return transport;
      }
    }
    throw new IllegalArgumentException(
        entry.equals(NONE)
            ? "\"none\" cannot stand beside other entries"
            : "\"" + entry + "\" is not tcp/<port> or udp/<port>");
  }

  /** Whether peers may reach {@code port}. */
  public boolean include(Transport transport, int port) {
    if (ports == null) {
      return true;
    }
    PortSet listed = ports.get(transport);
    return listed != null && listed.includes(port);
  }
}
