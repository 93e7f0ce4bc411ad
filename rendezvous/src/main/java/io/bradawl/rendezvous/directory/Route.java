package io.bradawl.rendezvous.directory;

/** Where an offer goes. */
public sealed interface Route {

  /** To this peer. */
  record To(Registration<? extends Outlet> peer) implements Route {}

  /** Nobody of that name or id is there. */
  record UnknownPeer() implements Route {}

  /** Somebody is there and serves other things, but another holder of the same name serves it. */
  record Elsewhere() implements Route {}

  /** Somebody is there and serves other things. */
  record NotListening() implements Route {}
}
