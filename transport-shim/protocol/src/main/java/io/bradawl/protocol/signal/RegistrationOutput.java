package io.bradawl.protocol.signal;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.turn.RelayGrant;
import org.jspecify.annotations.Nullable;

/** What a {@link RegistrationMachine} wants done. */
public sealed interface RegistrationOutput {

  /**
   * Look a server's addresses up and report {@link RegistrationInput.Resolved}.
   *
   * @param server index into the list of servers
   */
  record Resolve(int server) implements RegistrationOutput {}

  /**
   * Connect to a server and report {@link RegistrationInput.Connected} or {@link
   * RegistrationInput.Disconnected}.
   *
   * @param connection names this connection in inputs and outputs; reports of earlier ones are
   *     ignored
   * @param server index into the list of servers
   * @param address one of its addresses; {@code null} if none is known
   */
  record Connect(long connection, int server, @Nullable TransportAddress address)
      implements RegistrationOutput {}

  /** Close the connection, or stop connecting. Nothing needs to be reported of it any more. */
  record Disconnect(long connection) implements RegistrationOutput {}

  /** Send a message over the connection. */
  record Send(long connection, StunMessage message) implements RegistrationOutput {}

  /** The outcome of a {@link RegistrationInput.Find}. */
  record LookupDone(long ticket, Signal.Found found) implements RegistrationOutput {}

  /**
   * The outcome of a {@link RegistrationInput.Find}.
   *
   * @param reason {@link Reason#UNKNOWN_PEER}; {@link Reason#SERVER_ERROR} if no server could be
   *     asked
   */
  record LookupFailed(long ticket, Reason reason, String text) implements RegistrationOutput {}

  /** Another peer, or the rendezvous, told us something. */
  record Deliver(Signal.Indication indication) implements RegistrationOutput {}

  /**
   * Registered; given once per connection. From now on everything goes over it.
   *
   * @param server index into the list of servers
   * @param observed this peer's address as the rendezvous sees it
   */
  record Up(long connection, int server, TransportAddress observed) implements RegistrationOutput {}

  /**
   * Leave to use a TURN server, in place of what was granted before; {@code null} if there is none
   * any more. Usually comes each time the registration is confirmed.
   */
  record Relay(@Nullable RelayGrant grant) implements RegistrationOutput {}

  /**
   * Not registered: the connection was lost, or no server of a round took us. Given upon each such
   * event.
   */
  record Down(Reason reason, String text) implements RegistrationOutput {}
}
