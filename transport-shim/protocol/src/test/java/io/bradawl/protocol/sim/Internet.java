package io.bradawl.protocol.sim;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import org.jspecify.annotations.Nullable;

/** A public net with a rendezvous, on which sites can be put. */
final class Internet {

  private final World world;
  private final Net net;
  private final Rendezvous rendezvous;
  private final TcpRelay relay;
  private final UdpRelay udpRelay;
  private final Link link;

  Internet(long seed) {
    this(seed, Link.of(Meeting.HALF_WAY));
  }

  /**
   * @param link between the internet and each site
   */
  Internet(long seed, Link link) {
    this.world = new World(seed);
    this.net = new Net(world);
    this.rendezvous = new Rendezvous(world, net, Meeting.HALF_WAY);
    this.relay = new TcpRelay(world, net);
    this.udpRelay = new UdpRelay(world, net);
    this.link = link;
  }

  World world() {
    return world;
  }

  Net net() {
    return net;
  }

  Rendezvous rendezvous() {
    return rendezvous;
  }

  UdpRelay udpRelay() {
    return udpRelay;
  }

  Site site(@Nullable NatBehaviour nat, int number) {
    return Site.of(world, net, nat, number, link);
  }

  UdpPeer udpPeer(NatKind kind, int number) {
    return udpPeer(site(kind.behaviour(), number).host());
  }

  UdpPeer udpPeer(Host host) {
    return new UdpPeer(world, host, rendezvous.address());
  }

  /** One whose socket has a relayed address. */
  UdpPeer relayedUdpPeer(Host host) {
    return new UdpPeer(world, host, rendezvous.address(), udpRelay);
  }

  TcpPeer tcpPeer(NatKind kind, int number) {
    return tcpPeer(site(kind.behaviour(), number).host());
  }

  TcpPeer tcpPeer(Host host) {
    return new TcpPeer(world, host, rendezvous.address(), null);
  }

  /** One that has an allocation at the relay. */
  TcpPeer relayedTcpPeer(Host host) {
    return new TcpPeer(world, host, rendezvous.address(), relay.allocate(host));
  }

  /** Whether it is where clients reach the rendezvous or a relay. */
  boolean isServer(TransportAddress address) {
    return address.equals(rendezvous.address())
        || address.equals(relay.address())
        || address.equals(udpRelay.address());
  }

  TcpRelay relay() {
    return relay;
  }

  Meeting meeting(Peer offerer, Peer answerer) {
    return new Meeting(world, offerer, answerer);
  }
}
