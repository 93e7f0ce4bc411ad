package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.stun.ChangeRequest;

/**
 * One of the four sockets of a server with two addresses and two ports.
 *
 * @param otherIp whether it is at the second address
 * @param otherPort whether it is at the second port
 */
public record Seat(boolean otherIp, boolean otherPort) {

  /** Where everything but the behaviour discovery happens. */
  public static final Seat FIRST = new Seat(false, false);

  /** From which a response is sent that is to come from elsewhere (RFC 5780 section 6.1). */
  Seat changed(ChangeRequest change) {
    return new Seat(otherIp ^ change.ip(), otherPort ^ change.port());
  }

  Seat opposite() {
    return new Seat(!otherIp, !otherPort);
  }
}
