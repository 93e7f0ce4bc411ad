package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunMessage;

/**
 * What a {@link TurnMachine} wants done.
 *
 * @param <C> the client
 */
public sealed interface TurnOutput<C> {

  /** Hands this over to whoever does it. */
  void perform(Performer<C> performer);

  /** One method for each output. */
  interface Performer<C> {

    void respond(Respond<C> response);

    void open(Open<C> open);

    void close(Close<C> close);

    void ended(Ended<C> ended);

    void connect(Connect<C> connect);

    void indicate(Indicate<C> indication);

    void bind(Bind<C> bind);

    void drop(Drop<C> drop);
  }

  /** Answer that request; to be proved as the request was. */
  record Respond<C>(TurnInput.Request<C> request, StunMessage message) implements TurnOutput<C> {

    @Override
    public void perform(Performer<C> performer) {
      performer.respond(this);
    }
  }

  /** Open sockets; {@link TurnInput.Opened} or {@link TurnInput.NotOpened} is due. */
  record Open<C>(Wish<C> wish) implements TurnOutput<C> {

    @Override
    public void perform(Performer<C> performer) {
      performer.open(this);
    }
  }

  /** That socket is not needed any more. */
  record Close<C>(Relay relay) implements TurnOutput<C> {

    @Override
    public void perform(Performer<C> performer) {
      performer.close(this);
    }
  }

  /**
   * The allocation is over; its sockets are closed separately.
   *
   * @param reason for the log
   */
  record Ended<C>(Allocation<C> allocation, String reason) implements TurnOutput<C> {

    @Override
    public void perform(Performer<C> performer) {
      performer.ended(this);
    }
  }

  /**
   * Connect from a relay to a peer; {@link TurnInput.Connected} or {@link TurnInput.NotConnected}
   * is due.
   */
  record Connect<C>(Connecting<C> connecting, Relay relay, TransportAddress peer)
      implements TurnOutput<C> {

    @Override
    public void perform(Performer<C> performer) {
      performer.connect(this);
    }
  }

  /** Tell a client something. */
  record Indicate<C>(C client, StunMessage message) implements TurnOutput<C> {

    @Override
    public void perform(Performer<C> performer) {
      performer.indicate(this);
    }
  }

  /**
   * Answer the request, then carry octets between the connection that it came over and the peer's;
   * {@link TurnInput.Closed} is due at the end.
   */
  record Bind<C>(TurnInput.Request<C> request, PeerSocket socket, StunMessage response)
      implements TurnOutput<C> {

    @Override
    public void perform(Performer<C> performer) {
      performer.bind(this);
    }
  }

  /** Close a connection to a peer, and the one that its data go over. */
  record Drop<C>(PeerSocket socket) implements TurnOutput<C> {

    @Override
    public void perform(Performer<C> performer) {
      performer.drop(this);
    }
  }
}
