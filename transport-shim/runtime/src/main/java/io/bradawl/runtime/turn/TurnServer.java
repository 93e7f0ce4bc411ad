package io.bradawl.runtime.turn;

import io.bradawl.protocol.turn.client.AllocationRequest;
import io.bradawl.protocol.turn.client.TurnAccount;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/**
 * A TURN server, one way to get to it, and with what.
 *
 * @param host name or address literal, IPv6 without brackets
 * @param port 1 to 65535
 * @param foreign whether it need not be Bradawl's: somebody has named it
 */
public record TurnServer(
    Carrier carrier, String host, int port, TurnAccount account, boolean foreign) {

  /** What carries messages between client and server. */
  public enum Carrier {
    UDP,
    TCP,
    TLS;

    /** Whether nothing is lost and nothing has to be sent twice. */
    public boolean isStream() {
      return this != UDP;
    }
  }

  /**
   * Which relayed addresses for UDP to ask for: whoever reaches the server by IPv6 may have peers
   * that have nothing else.
   *
   * @param ip of the server
   */
  public AllocationRequest.Families families(InetAddress ip) {
    return ip instanceof Inet6Address
        ? AllocationRequest.Families.BOTH
        : AllocationRequest.Families.DEFAULT;
  }

  /** Whether both mean one server, reached in one way. */
  public boolean isAt(TurnServer other) {
    return carrier == other.carrier && port == other.port && host.equals(other.host);
  }

  /** For the log: {@code tls:relay.example.org:443}. */
  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return carrier.name().toLowerCase(Locale.ROOT) + ":" + shown + ":" + port;
  }
}
