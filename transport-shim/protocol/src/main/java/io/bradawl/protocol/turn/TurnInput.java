package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.AddressErrorCode;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.stun.StunMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TurnMachine} is told.
 *
 * @param <C> the client
 */
public sealed interface TurnInput<C> {

  /**
   * Lets the machine do what is to be done, so that the compiler knows that nothing is left out.
   */
  void tell(TurnMachine<C> machine, long now);

  /**
   * A request whose credentials were right.
   *
   * @param over the transport between client and server; for TLS too it is TCP
   * @param source where the client's packets come from
   * @param user the account, which may be less than the user name
   * @param integrity proves the response
   */
  record Request<C>(
      C client,
      Transport over,
      TransportAddress source,
      String user,
      Integrity integrity,
      StunMessage message)
      implements TurnInput<C> {

    @Override
    public void tell(TurnMachine<C> machine, long now) {
      machine.request(this, now);
    }
  }

  /**
   * The sockets that {@link TurnOutput.Open} asked for are there.
   *
   * @param missing why there is only one of two
   */
  record Opened<C>(
      Wish<C> wish,
      List<Relay> relays,
      @Nullable AddressErrorCode missing,
      @Nullable ReservationToken reserved)
      implements TurnInput<C> {

    public Opened {
      relays = List.copyOf(relays);
    }

    @Override
    public void tell(TurnMachine<C> machine, long now) {
      machine.opened(this, now);
    }
  }

  /** There is no socket such as {@link TurnOutput.Open} asked for. */
  record NotOpened<C>(Wish<C> wish, ErrorCode why) implements TurnInput<C> {

    @Override
    public void tell(TurnMachine<C> machine, long now) {
      machine.notOpened(this);
    }
  }

  /** The connection from the client has ended. */
  record Left<C>(C client) implements TurnInput<C> {

    @Override
    public void tell(TurnMachine<C> machine, long now) {
      machine.left(client);
    }
  }

  /** A connection such as {@link TurnOutput.Connect} asked for is there. */
  record Connected<C>(Connecting<C> connecting, PeerSocket socket) implements TurnInput<C> {

    @Override
    public void tell(TurnMachine<C> machine, long now) {
      machine.links().connected(connecting, socket, now);
    }
  }

  /** There is no connection such as {@link TurnOutput.Connect} asked for. */
  record NotConnected<C>(Connecting<C> connecting) implements TurnInput<C> {

    @Override
    public void tell(TurnMachine<C> machine, long now) {
      machine.links().notConnected(connecting);
    }
  }

  /** A peer has connected to a relay of the allocation. */
  record Arrived<C>(Allocation<C> allocation, TransportAddress peer, PeerSocket socket)
      implements TurnInput<C> {

    @Override
    public void tell(TurnMachine<C> machine, long now) {
      machine.arrived(this, now);
    }
  }

  /** A connection to a peer is over, or the one that its data go over. */
  record Closed<C>(PeerSocket socket) implements TurnInput<C> {

    @Override
    public void tell(TurnMachine<C> machine, long now) {
      machine.links().closed(socket);
    }
  }
}
