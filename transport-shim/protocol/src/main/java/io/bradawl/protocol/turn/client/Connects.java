package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.XorPeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Connections that the server makes to peers (RFC 6062 section 4.3). */
final class Connects {

  private final Requests requests;
  private final Consumer<TurnOutput> out;
  private final Requests.Outcome lost;

  /** What was asked for before there was an allocation. */
  private final List<TransportAddress> waiting = new ArrayList<>();

  /**
   * @param lost told when the server knows of no allocation
   */
  Connects(Requests requests, Consumer<TurnOutput> out, Requests.Outcome lost) {
    this.requests = requests;
    this.out = out;
    this.lost = lost;
  }

  void connect(TransportAddress peer, boolean allocated, long now) {
    if (allocated) {
      requests.ask(StunMethod.CONNECT, new Attempt(peer), now, new XorPeerAddress(peer));
    } else {
      waiting.add(peer);
    }
  }

  void begin(long now) {
    List<TransportAddress> peers = List.copyOf(waiting);
    waiting.clear();
    peers.forEach(peer -> connect(peer, true, now));
  }

  private final class Attempt implements Requests.Outcome {

    private final TransportAddress peer;

    Attempt(TransportAddress peer) {
      this.peer = peer;
    }

    @Override
    public void success(StunMessage response, long now) {
      ConnectionId connection = response.first(ConnectionId.class);
      if (connection == null) {
        String text = "a response to Connect without CONNECTION-ID";
        out.accept(new TurnOutput.NotConnected(peer, new TurnError(TurnError.BAD_ANSWER, text)));
      } else {
        out.accept(new TurnOutput.Connected(peer, connection.id()));
      }
    }

    @Override
    public void failure(TurnError error, long now) {
      out.accept(new TurnOutput.NotConnected(peer, error));
      if (error.saysNoAllocation()) {
        lost.failure(error, now);
      }
    }
  }
}
