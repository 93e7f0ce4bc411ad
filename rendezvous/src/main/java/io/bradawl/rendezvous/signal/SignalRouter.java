package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.signal.Signal;
import java.util.function.Consumer;

/** Who answers which signal. */
record SignalRouter(Registrar registrar, Inquiries inquiries, Courier courier) {

  /**
   * @param reply gets the answer once
   */
  void answer(PeerConnection connection, Signal.Request request, Consumer<Signal.Response> reply) {
    request.<Boolean>match(
        register -> registrar.register(connection, register, reply),
        lookup -> inquiries.lookup(connection, lookup, reply));
  }

  void carry(PeerConnection connection, Signal.Indication indication) {
    courier.carry(connection, indication);
  }

  void left(PeerConnection connection, String reason) {
    registrar.left(connection, reason);
  }
}
