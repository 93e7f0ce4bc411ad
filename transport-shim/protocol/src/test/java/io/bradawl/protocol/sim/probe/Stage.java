package io.bradawl.protocol.sim.probe;

import java.net.InetAddress;
import java.time.Duration;

/** Where a NAT is probed: two hosts behind it and two hosts outside. */
public interface Stage {

  Vantage inside();

  /** Another host of the same LAN. */
  Vantage neighbour();

  Vantage one();

  Vantage other();

  /** The address of the NAT outside; of a plain firewall, that of the host behind it. */
  InetAddress external();

  /** How long datagrams in one direction keep a mapping, as far as the stage has set it. */
  Duration udpLifetime();

  /** How long nothing comes before one may say that nothing will. */
  Duration patience();

  /** Lets time pass. */
  void pass(Duration time);

  /** In monotonic nanoseconds. */
  long now();
}
