package io.bradawl.protocol.peer;

/** How an application names a peer: by short name or by peer id. */
public sealed interface PeerRef permits PeerId, PeerName {

  /** The one DNS label that stands before the suffix: the name, or the 52-character id. */
  String label();

  /**
   * Reads a label.
   *
   * @throws IllegalArgumentException if it is neither a name nor an id; the message says why
   */
  static PeerRef parse(String label) {
    return PeerId.isId(label) ? PeerId.parse(label) : PeerName.parse(label);
  }
}
