package io.bradawl.protocol.sim;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.NatBehaviour.Early;
import io.bradawl.protocol.sim.NatBehaviour.Refusal;
import io.bradawl.protocol.sim.Packet.Segment;
import java.net.InetAddress;

/** A NAT or firewall between two nets. */
final class NatBox implements Net.Node {

  private final World world;
  private final Net inside;
  private final Net outside;
  private final InetAddress ip;
  private final NatBehaviour behaviour;
  private final NatTable tcp;
  private final NatTable udp;

  /**
   * @param ip its address outside; of a plain firewall, the address of the host behind it
   */
  NatBox(World world, Net inside, Net outside, InetAddress ip, Link link, NatBehaviour behaviour) {
    this.world = world;
    this.inside = inside;
    this.outside = outside;
    this.ip = ip;
    this.behaviour = behaviour;
    // A TCP entry that ended in RST gives way to the own flow.
    tcp = new NatTable(Transport.TCP, behaviour.early(Early.IGNORED), ip);
    udp = new NatTable(Transport.UDP, behaviour, ip);
    inside.gateway(this);
    outside.attach(ip, link, this);
  }

  /** A packet of the inside that goes out; one to the own outside address is lost (no hairpin). */
  void leave(Packet packet) {
    TransportAddress mapped =
        table(packet).outbound(packet.source(), packet.destination(), packet.isSyn(), world.now());
    if (!packet.destination().ip().equals(ip)) {
      outside.send(ip, packet.withSource(mapped));
    }
  }

  @Override
  public void receive(Packet packet) {
    TransportAddress target =
        table(packet).inbound(packet.destination(), packet.source(), packet, world.now());
    if (target != null) {
      inside.send(ip, packet.withDestination(target));
    } else if (packet.isSyn() && behaviour.refusal() == Refusal.RST) {
      outside.send(ip, packet.reply(refusal(packet)));
    }
  }

  private static Segment refusal(Packet packet) {
    Segment syn = (Segment) packet.payload();
    return Segment.of(Segment.Flag.RST, 0, syn.isn());
  }

  private NatTable table(Packet packet) {
    return packet.payload() instanceof Segment ? tcp : udp;
  }
}
