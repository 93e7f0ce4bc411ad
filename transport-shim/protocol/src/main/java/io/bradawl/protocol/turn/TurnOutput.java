package io.bradawl.protocol.turn;

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
}
