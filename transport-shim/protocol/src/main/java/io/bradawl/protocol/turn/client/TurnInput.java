package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunMessage;
import java.net.InetAddress;

/** What the world tells a {@link TurnClient}. */
public sealed interface TurnInput {

  /** Tells {@code client}; only {@link TurnClient#handle} calls it. */
  void applyTo(TurnClient client, long now);

  /** Ask for the allocation; once. */
  record Start() implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.start(now);
    }
  }

  /**
   * An account that may be used from now on. To be told often, say before each tick: the newest one
   * counts, and is tried with the next request that renews the allocation.
   */
  record Renew(TurnAccount account) implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.renew(account);
    }
  }

  /** Ask at once whether the server still knows the allocation: nothing seems to get through. */
  record Check() implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.check(now);
    }
  }

  /** A message of the server. What answers no request of the machine's is ignored. */
  record Received(StunMessage message) implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.received(message, now);
    }
  }

  /**
   * Let in what comes from this address, from any port (RFC 8656 section 9), until {@link Forbid}.
   */
  record Permit(InetAddress peer) implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.permissions().permit(peer, client.isAllocated(), now);
    }
  }

  /** Take back a {@link Permit}; the server forgets it within five minutes. */
  record Forbid(InetAddress peer) implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.permissions().forbid(peer);
    }
  }

  /**
   * Make a channel to this peer, which also lets its datagrams in (RFC 8656 section 12), until
   * {@link Unbind}. Of UDP allocations.
   */
  record Bind(TransportAddress peer) implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.channels().bind(peer, client.isAllocated(), now);
    }
  }

  /** A channel is no longer needed; the server forgets it within ten minutes. */
  record Unbind(TransportAddress peer) implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.channels().unbind(peer);
    }
  }

  /** Connect the relayed address to this peer (RFC 6062 section 4.3). Of TCP allocations. */
  record Connect(TransportAddress peer) implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.connects().connect(peer, client.isAllocated(), now);
    }
  }

  /**
   * The connection over which the server is reached is gone, and with it the allocation.
   *
   * @param why in words
   */
  record TransportLost(String why) implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.fail(new TurnError(TurnError.TRANSPORT_LOST, why));
    }
  }

  /** The allocation is no longer needed; the machine ends. */
  record Release() implements TurnInput {
    @Override
    public void applyTo(TurnClient client, long now) {
      client.release();
    }
  }
}
