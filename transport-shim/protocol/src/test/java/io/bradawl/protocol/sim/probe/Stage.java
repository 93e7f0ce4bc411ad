package io.bradawl.protocol.sim.probe;

import java.net.InetAddress;
import java.time.Duration;

/** Where a NAT is probed: two hosts behind it and two hosts outside. */
public interface Stage {

  Places places();

  /** How long datagrams in one direction keep a mapping, as far as the stage has set it. */
  Duration udpLifetime();

  /** How long nothing comes before one may say that nothing will. */
  Duration patience();

  /** Lets time pass. */
  void pass(Duration time);

  /** In monotonic nanoseconds. */
  long now();

  default Vantage inside() {
    return places().inside();
  }

  default Vantage neighbour() {
    return places().neighbour();
  }

  default Vantage one() {
    return places().one();
  }

  default Vantage other() {
    return places().other();
  }

  default InetAddress external() {
    return places().external();
  }

  /**
   * Who takes part.
   *
   * @param inside behind the NAT
   * @param neighbour another host of the same LAN
   * @param one outside
   * @param other outside, too
   * @param external the address of the NAT outside; of a plain firewall, that of the host behind it
   */
  record Places(
      Vantage inside, Vantage neighbour, Vantage one, Vantage other, InetAddress external) {}
}
