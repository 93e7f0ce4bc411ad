package io.bradawl.protocol.sim;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.sim.Packet.Segment;
import io.bradawl.protocol.sim.nat.Header;
import io.bradawl.protocol.sim.nat.Nat;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import io.bradawl.protocol.sim.nat.Verdict;
import io.bradawl.protocol.sim.nat.Verdict.Forward;
import io.bradawl.protocol.sim.nat.Verdict.Refuse;
import java.net.InetAddress;

/** A NAT or firewall between two nets. */
public final class NatBox implements Net.Node {

  private final World world;
  private final Net inside;
  private final Net outside;
  private final InetAddress ip;
  private final Nat nat;

  /**
   * @param ip its address outside; of a plain firewall, the address of the host behind it
   */
  public NatBox(
      World world, Net inside, Net outside, InetAddress ip, Link link, NatBehaviour behaviour) {
    this.world = world;
    this.inside = inside;
    this.outside = outside;
    this.ip = ip;
    this.nat = new Nat(behaviour, ip, world.random());
    inside.gateway(this);
    outside.attach(ip, link, this);
  }

  /** A packet of the inside that goes out, or back in. */
  public void leave(Packet packet) {
    carryOut(nat.leave(header(packet), world.now()), packet, inside);
  }

  @Override
  public void receive(Packet packet) {
    carryOut(nat.enter(header(packet), world.now()), packet, outside);
  }

  /** Forgets everything, as after a loss of power. */
  public void reboot() {
    nat.reboot();
  }

  private void carryOut(Verdict verdict, Packet packet, Net from) {
    if (verdict instanceof Forward forward) {
      Header now = forward.header();
      Net to = forward.inside() ? inside : outside;
      to.send(ip, new Packet(now.source(), now.destination(), packet.payload()));
    } else if (verdict instanceof Refuse refuse && refuse.how() == Refusal.RST && packet.isSyn()) {
      from.send(ip, packet.reply(refusal(packet)));
    }
  }

  private static Segment refusal(Packet packet) {
    Segment syn = (Segment) packet.payload();
    return Segment.of(Segment.Flag.RST, 0, syn.isn());
  }

  private static Header header(Packet packet) {
    Transport transport = packet.payload() instanceof Segment ? Transport.TCP : Transport.UDP;
    return new Header(transport, packet.source(), packet.destination(), sign(packet));
  }

  private static Header.Sign sign(Packet packet) {
    if (packet.isSyn()) {
      return Header.Sign.SYN;
    }
    return packet.isReset() ? Header.Sign.RST : Header.Sign.NONE;
  }
}
