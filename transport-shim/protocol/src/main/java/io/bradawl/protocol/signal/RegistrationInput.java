package io.bradawl.protocol.signal;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunMessage;
import java.util.List;
import java.util.Set;

/** What the world tells a {@link RegistrationMachine}. */
public sealed interface RegistrationInput {

  /** Begin to connect; once. */
  record Start() implements RegistrationInput {}

  /** What is served from now on: the complete set. */
  record Serve(Set<Service> services) implements RegistrationInput {
    public Serve {
      services = Set.copyOf(services);
    }
  }

  /** Which paths there are now; told to the rendezvous soon, but not each change by itself. */
  record Report(PathCounts paths) implements RegistrationInput {}

  /**
   * An application asks for a peer.
   *
   * @param ticket chosen by the driver, comes back with the outcome
   */
  record Find(long ticket, Signal.Lookup what) implements RegistrationInput {}

  /** An indication to other peers; dropped while there is no connection. */
  record Tell(Signal.Indication indication) implements RegistrationInput {}

  /**
   * The addresses of a server, in the order of the resolver.
   *
   * @param server index into the list of servers
   * @param addresses none if this host cannot find them out; the server is tried all the same,
   *     since a proxy may know it by its name
   */
  record Resolved(int server, List<TransportAddress> addresses) implements RegistrationInput {
    public Resolved {
      addresses = List.copyOf(addresses);
    }
  }

  /** The connection of {@link RegistrationOutput.Connect} stands. */
  record Connected(long connection) implements RegistrationInput {}

  /**
   * The connection could not be made, or is lost.
   *
   * @param why in words, for example "connection refused"
   */
  record Disconnected(long connection, String why) implements RegistrationInput {}

  /** A message came over the connection. */
  record Received(long connection, StunMessage message) implements RegistrationInput {}

  /** Give everything up; for good. */
  record Stop() implements RegistrationInput {}

  /** What goes over the same host does not get through: perhaps the rendezvous is gone, too. */
  record Doubt() implements RegistrationInput {}
}
