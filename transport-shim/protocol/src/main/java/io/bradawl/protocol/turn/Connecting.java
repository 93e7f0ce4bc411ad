package io.bradawl.protocol.turn;

/** A Connect request that waits for its connection; to be handed back as it is. */
public final class Connecting<C> {

  private final TurnInput.Request<C> request;
  private final PeerLink<C> link;

  Connecting(TurnInput.Request<C> request, PeerLink<C> link) {
    this.request = request;
    this.link = link;
  }

  TurnInput.Request<C> request() {
    return request;
  }

  PeerLink<C> link() {
    return link;
  }
}
