package io.bradawl.it.lab;

/** What a {@link NatBox} does with a packet from outside that belongs to no flow it knows. */
public enum Unsolicited {
  /** Silence, as most home routers do. */
  DROP("drop", "drop"),
  /** RST for TCP, ICMP port unreachable for the rest. */
  REJECT(
      "meta l4proto tcp reject with tcp reset\nreject",
      "meta l4proto tcp reject with tcp reset\nreject"),
  /** The ICMP error "administratively prohibited" for all of it; RFC 6092 wants it of IPv6. */
  PROHIBIT("reject with icmpx admin-prohibited", "reject with icmpx admin-prohibited"),
  /**
   * The box's own stack answers (RST, ICMP), and conntrack remembers the packet: as long as the
   * peer keeps sending, a flow of ours that starts later is mapped to another port. Some real
   * routers behave so.
   */
  ANSWER("accept", "drop");

  private final String inputRule;
  private final String forwardRule;

  Unsolicited(String inputRule, String forwardRule) {
    this.inputRule = inputRule;
    this.forwardRule = forwardRule;
  }

  String inputRule() {
    return inputRule;
  }

  String forwardRule() {
    return forwardRule;
  }
}
