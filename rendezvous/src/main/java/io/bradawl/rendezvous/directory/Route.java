package io.bradawl.rendezvous.directory;

/**
 * Where an offer goes.
 *
 * @param <C> the connection over which a peer is reached
 */
public sealed interface Route<C> {

  /** To this peer. */
  record To<C>(Registration<C> peer) implements Route<C> {}

  /** Nobody of that name or id is there. */
  record UnknownPeer<C>() implements Route<C> {}

  /** Somebody is there and serves other things, but another holder of the same name serves it. */
  record Elsewhere<C>() implements Route<C> {}

  /** Somebody is there and serves other things. */
  record NotListening<C>() implements Route<C> {}
}
