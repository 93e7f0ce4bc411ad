package io.bradawl.protocol.seal;

/** What a stream between two peers goes through, as far as one of them knows. */
public enum Relaying {
  /** A connection of the peers' own. */
  DIRECT,

  /** A relay that carries each direction whatever the other one does, as Bradawl's own does. */
  RELAYED,

  /**
   * A relay of unknown make. coturn, for one, never reads one of its sides again after both
   * directions were full at once.
   */
  FOREIGN
}
