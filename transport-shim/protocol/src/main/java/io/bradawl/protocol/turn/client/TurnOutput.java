package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.TransactionId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What a {@link TurnClient} wants done, or has to tell. */
public sealed interface TurnOutput {

  /**
   * Send one message to the server.
   *
   * @param transaction by which a driver tells the answer from what is not for the machine
   */
  record Send(TransactionId transaction, Octets message) implements TurnOutput {}

  /**
   * There is an allocation; comes again, with other addresses, after {@link Lost}.
   *
   * @param mapped this client as the server sees it
   * @param relayed one address, or two of different families
   * @param lifetime that the server grants at a time; the machine renews it
   */
  record Allocated(TransportAddress mapped, List<TransportAddress> relayed, Duration lifetime)
      implements TurnOutput {
    public Allocated {
      relayed = List.copyOf(relayed);
    }
  }

  /** The server still has the allocation: it has answered a request to renew it. */
  record Refreshed() implements TurnOutput {}

  /** Datagrams and connections from this address get through. Comes once for each time asked. */
  record Permitted(InetAddress peer) implements TurnOutput {}

  /** The server does not let this client talk to that address, for instance with error 403. */
  record Forbidden(InetAddress peer, TurnError error) implements TurnOutput {}

  /**
   * The number of the channel to a peer, 0x4000 to 0x4FFF. Comes at once upon {@link
   * TurnInput.Bind}, right before the request: what the peer sends may come as soon as that is
   * sent, and data may be sent behind it, which is lost if it is.
   */
  record Binding(TransportAddress peer, int channel) implements TurnOutput {}

  /** The server has confirmed a channel. */
  record Bound(TransportAddress peer, int channel) implements TurnOutput {}

  /** There is no channel to this peer. */
  record NotBound(TransportAddress peer, TurnError error) implements TurnOutput {}

  /**
   * A datagram of a peer that has no channel.
   *
   * @param datagram as the peer has sent it
   */
  record Data(TransportAddress peer, Octets datagram) implements TurnOutput {}

  /**
   * The server has connected to the peer: open a connection to the server and say {@link
   * TurnClient#connectionBind} there within 30 s (RFC 6062 section 4.3).
   */
  record Connected(TransportAddress peer, int connection) implements TurnOutput {}

  /** The server could not connect to the peer. */
  record NotConnected(TransportAddress peer, TurnError error) implements TurnOutput {}

  /** A peer has connected to the relayed address; to be taken up like {@link Connected}. */
  record Attempted(TransportAddress peer, int connection) implements TurnOutput {}

  /**
   * The server no longer knows the allocation, with all permissions, channels and connections. The
   * machine asks for another one, and for permissions and channels anew.
   */
  record Lost(TurnError error) implements TurnOutput {}

  /**
   * There is no allocation and will be none: the machine is over. Comes neither upon {@link
   * TurnInput.Release} nor more than once.
   */
  record Failed(TurnError error) implements TurnOutput {}
}
