package io.bradawl.protocol.path.tcp;

/**
 * Names one TCP connection, or one attempt at it, within a punch.
 *
 * @param origin who draws the number: the machine for {@link Origin#DIALLED}, the driver for the
 *     others
 * @param number unique within the punch and origin
 */
public record ConnectionId(Origin origin, int number) {

  /** How a connection came about; simultaneous open (RFC 9293 section 3.5) counts as dialled. */
  public enum Origin {
    DIALLED("dialled#"),
    ACCEPTED("accepted#"),
    /** By a connection of the peer to the relayed address of this side. */
    RELAYED("relayed#");

    private final String prefix;

    Origin(String prefix) {
      this.prefix = prefix;
    }
  }

  /** For the driver: the name of the {@code number}th connection that it accepted. */
  public static ConnectionId accepted(int number) {
    return new ConnectionId(Origin.ACCEPTED, number);
  }

  /** For the driver: the name of the {@code number}th connection that its relay accepted for it. */
  public static ConnectionId relayed(int number) {
    return new ConnectionId(Origin.RELAYED, number);
  }

  static ConnectionId dialled(int number) {
    return new ConnectionId(Origin.DIALLED, number);
  }

  @Override
  public String toString() {
    return origin.prefix + number;
  }
}
