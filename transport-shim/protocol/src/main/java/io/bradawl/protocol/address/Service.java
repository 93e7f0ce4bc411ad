package io.bradawl.protocol.address;

/**
 * A port on which an application serves.
 *
 * @param port 1 to 65535, the port that the application itself bound
 */
public record Service(Transport transport, int port) {

  public Service {
    if (port < 1 || port > 0xFFFF) {
      throw new IllegalArgumentException("service port " + port + " is outside 1..65535");
    }
  }

  /** {@code tcp/9092}. */
  @Override
  public String toString() {
    return transport.label() + "/" + port;
  }
}
