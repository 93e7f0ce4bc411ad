package io.bradawl.it.lab;

/** Which IP versions a laboratory has, as the scripts that configure its namespaces. */
enum Stack {
  IPV4,
  /**
   * IPv6 beside it: everybody's address is made of the digits of the other one, and none is
   * translated.
   */
  BOTH;

  /** {@code 2a01:70:0:15::2} for {@code 70.0.5.2}. */
  static String ipv6(String ipv4) {
    int last = ipv4.lastIndexOf('.') + 1;
    return ipv6Prefix(ipv4.substring(0, last)) + ":" + ipv4.substring(last);
  }

  /** Of all addresses of one network: {@code 2a01:70:0:15:} for {@code 70.0.5.}. */
  static String ipv6Prefix(String ipv4) {
    String[] octets = ipv4.split("[.]");
    // With a 1, so that there is one way only to shorten it.
    return "2a01:%s:%s:1%s:".formatted(octets[0], octets[1], octets[2]);
  }

  static boolean isIpv6(String network) {
    return network.indexOf(':') >= 0;
  }

  /** To be run first of all in a new namespace: addresses are of use at once. */
  String begin() {
    return withIpv6(
        "for i in all default; do echo 0 > /proc/sys/net/ipv6/conf/$i/accept_dad; done\n");
  }

  /** Has a namespace forward. */
  String forward() {
    return "echo 1 > /proc/sys/net/ipv4/ip_forward\n"
        + withIpv6("echo 1 > /proc/sys/net/ipv6/conf/all/forwarding\n");
  }

  /** Gives a device an address, in a network of 256. */
  String address(String address, String device) {
    return "ip addr add "
        + address
        + "/24 dev "
        + device
        + "\n"
        + withIpv6("ip addr add " + ipv6(address) + "/64 dev " + device + "\n");
  }

  String defaultRoute(String gateway) {
    return "ip route add default via "
        + gateway
        + "\n"
        + withIpv6("ip -6 route add default via " + ipv6(gateway) + "\n");
  }

  /** What is to be done only where there is IPv6. */
  String withIpv6(String script) {
    return this == BOTH ? script : "";
  }
}
