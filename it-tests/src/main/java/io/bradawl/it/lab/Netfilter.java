package io.bradawl.it.lab;

/** Loads nftables rule sets into a namespace. */
final class Netfilter {
  private Netfilter() {}

  static void load(Namespace namespace, String ruleset) {
    namespace.configure("nft -f - <<'RULES'\n" + ruleset + "RULES\n");
  }
}
