package io.bradawl.protocol.sim;

/**
 * How a NAT or firewall behaves, in the terms of RFC 4787 (UDP) and RFC 5382 (TCP).
 *
 * @param mapping which destinations share an external port
 * @param filtering whose packets come in
 * @param translates whether addresses are translated at all; not so in a plain firewall
 * @param refusal what an unsolicited SYN meets
 * @param simultaneousOpen whether a SYN may come in where one has just gone out (RFC 5382 REQ-2)
 * @param early what an unsolicited packet does to the flow that meets it
 */
record NatBehaviour(
    Scope mapping,
    Scope filtering,
    boolean translates,
    Refusal refusal,
    boolean simultaneousOpen,
    Early early) {

  static final NatBehaviour FIREWALL =
      new NatBehaviour(
          Scope.ENDPOINT_INDEPENDENT,
          Scope.ADDRESS_AND_PORT_DEPENDENT,
          false,
          Refusal.DROP,
          true,
          Early.IGNORED);

  static NatBehaviour nat(Scope mapping, Scope filtering) {
    return new NatBehaviour(mapping, filtering, true, Refusal.DROP, true, Early.IGNORED);
  }

  NatBehaviour refusing(Refusal with) {
    return new NatBehaviour(mapping, filtering, translates, with, simultaneousOpen, early);
  }

  NatBehaviour withoutSimultaneousOpen() {
    return new NatBehaviour(mapping, filtering, translates, refusal, false, early);
  }

  NatBehaviour early(Early effect) {
    return new NatBehaviour(mapping, filtering, translates, refusal, simultaneousOpen, effect);
  }

  /** On what a mapping or a filter depends. */
  enum Scope {
    ENDPOINT_INDEPENDENT,
    ADDRESS_DEPENDENT,
    ADDRESS_AND_PORT_DEPENDENT
  }

  /** What an unsolicited SYN meets. */
  enum Refusal {
    DROP,
    RST
  }

  /** What becomes of a datagram that comes before the own side has sent. */
  enum Early {
    IGNORED,
    /**
     * Linux conntrack keeps it: the own flow to that sender then gets another external port, for as
     * long as it keeps sending.
     */
    MOVES_MAPPING
  }
}
