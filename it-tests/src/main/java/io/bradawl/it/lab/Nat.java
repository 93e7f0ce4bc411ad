package io.bradawl.it.lab;

/** How a {@link NatBox} maps and filters; all of it is the kernel's netfilter. */
public enum Nat {
  /**
   * Endpoint-independent mapping to a translated port, address-and-port-dependent filtering (a
   * port-restricted cone): the range lies outside what applications use, so the kernel keeps one
   * mapping per source port for every destination.
   */
  PORT_RESTRICTED("masquerade to :40000-50000", true),
  /** Linux as it comes: the port is preserved unless another host took it first. */
  MASQUERADE("masquerade", true),
  /** Another random port for each destination: address-and-port-dependent mapping. */
  SYMMETRIC("masquerade fully-random", true),
  /** Public addresses inside, but nothing unsolicited gets in. */
  FIREWALL("accept", true),
  /** A mere router. */
  NONE("accept", false);

  private final String rule;
  private final boolean filters;

  Nat(String rule, boolean filters) {
    this.rule = rule;
    this.filters = filters;
  }

  boolean translates() {
    return rule.startsWith("masquerade");
  }

  String ruleset(Unsolicited unsolicited) {
    return """
        table inet filter {
          chain input {
            type filter hook input priority 0
            iifname "lan" accept
            ct state established,related accept
            meta l4proto { icmp, ipv6-icmp } accept
            %2$s
          }
          chain forward {
            type filter hook forward priority 0
            ct state established,related accept
            iifname "lan" accept
            meta l4proto { icmp, ipv6-icmp } accept
            %3$s
          }
        }
        table ip nat {
          chain postrouting {
            type nat hook postrouting priority 100
            oifname "wan" meta l4proto { tcp, udp } %1$s
          }
        }
        """
        .formatted(rule, unsolicited.inputRule(), filters ? unsolicited.forwardRule() : "accept");
  }
}
