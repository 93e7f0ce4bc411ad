package io.bradawl.it.lab;

/** Where hosts and boxes are plugged in: the public segment, or a LAN behind a box. */
interface Segment {

  /** Connects a port of the namespace and gives it a seat, without configuring its addresses. */
  Seat plug(Namespace namespace, String port);

  /** Makes a network reachable through an address of this segment. */
  void route(String network, String via);

  /**
   * Addresses of one /24.
   *
   * @param address for whoever was plugged in
   * @param spare for one that needs two: the link's own, where {@code address} is served otherwise
   * @param gateway the way to everywhere else
   */
  record Seat(String address, String spare, String gateway) {}
}
