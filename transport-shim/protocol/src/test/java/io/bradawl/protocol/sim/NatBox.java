package io.bradawl.protocol.sim;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.Packet.Segment;
import io.bradawl.protocol.sim.Packet.Unreachable;
import io.bradawl.protocol.sim.nat.Header;
import io.bradawl.protocol.sim.nat.Nat;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import io.bradawl.protocol.sim.nat.Verdict;
import io.bradawl.protocol.sim.nat.Verdict.Forward;
import io.bradawl.protocol.sim.nat.Verdict.Refuse;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A NAT or firewall between nets: the one outside, and one or more inside. */
public final class NatBox implements Net.Node {

  private final World world;
  private final List<Net> insides = new ArrayList<>();
  private final Net outside;
  private final Nat nat;
  private InetAddress ip;
  private boolean routes;

  /**
   * @param ip its address outside; of a plain firewall, the address of the host behind it
   */
  public NatBox(
      World world, Net inside, Net outside, InetAddress ip, Link link, NatBehaviour behaviour) {
    this.world = world;
    this.outside = outside;
    this.ip = ip;
    this.nat = new Nat(behaviour, ip, world.random());
    outside.attach(ip, link, this);
    serve(inside);
  }

  /** Serves another net inside; from there, hosts of the others are reached only by hairpin. */
  public NatBox serve(Net inside) {
    insides.add(inside);
    inside.gateway(this);
    return this;
  }

  /** From now on hosts of different nets inside reach each other by their own addresses. */
  public NatBox routing() {
    routes = true;
    return this;
  }

  public InetAddress ip() {
    return ip;
  }

  /** Of a plain firewall: lets outside find another host that is behind it. */
  public NatBox fronting(InetAddress host) {
    outside.attach(host, outside.link(ip), this);
    return this;
  }

  /** A packet of an inside net that goes out, or back in. */
  void leave(Packet packet, Net from) {
    Net routed = routes ? inside(packet.destination().ip()) : null;
    if (routed != null && routed != from) {
      routed.send(ip, packet);
    } else if (packet.payload() instanceof Unreachable error) {
      leave(error, packet.destination());
    } else {
      perform(nat.leave(header(packet), world.now()), packet, from);
    }
  }

  @Override
  public void receive(Packet packet) {
    if (packet.payload() instanceof Unreachable error) {
      enter(error, packet.source());
    } else {
      perform(nat.enter(header(packet), world.now()), packet, outside);
    }
  }

  /** Forgets everything, as after a loss of power. */
  public void reboot() {
    nat.reboot();
  }

  /** Forgets its mappings, and gives what is still in use other ports. */
  public void rebind() {
    nat.rebind();
  }

  /** Gets another address outside, as from a provider over night, and forgets everything. */
  public void renumber(InetAddress other) {
    Link link = outside.link(ip);
    outside.detach(ip);
    ip = other;
    outside.attach(other, link, this);
    nat.renumber(other);
  }

  /** Cuts the line outside or mends it. */
  public void plugged(boolean isPlugged) {
    outside.plugged(ip, isPlugged);
  }

  private void perform(Verdict verdict, Packet packet, Net from) {
    if (verdict instanceof Forward forward) {
      Header now = forward.header();
      send(
          forward.inside() ? inside(now.destination().ip()) : outside,
          new Packet(now.source(), now.destination(), packet.payload()));
    } else if (verdict instanceof Refuse refuse) {
      Packet answer = refusal(packet, refuse.how());
      send(answer == null ? null : from, answer);
    }
  }

  private static @Nullable Packet refusal(Packet packet, Refusal how) {
    boolean datagram = packet.payload() instanceof Packet.Datagram;
    if (how == Refusal.RST && packet.payload() instanceof Segment syn && packet.isSyn()) {
      return packet.reply(Segment.of(Segment.Flag.RST, 0, syn.isn()));
    }
    if (how == Refusal.ICMP && (datagram || packet.isSyn())) {
      return packet.error(packet.destination(), Unreachable.Reason.PROHIBITED);
    }
    boolean told = how == Refusal.RST && datagram;
    return told ? packet.error(packet.destination(), Unreachable.Reason.PORT) : null;
  }

  private void leave(Unreachable error, TransportAddress to) {
    TransportAddress seen =
        nat.leaveError(error.transport(), error.to(), error.from(), world.now());
    if (seen != null) {
      Unreachable now = new Unreachable(error.transport(), error.from(), seen, error.reason());
      send(outside, new Packet(seen, to, now));
    }
  }

  private void enter(Unreachable error, TransportAddress by) {
    TransportAddress host =
        nat.enterError(error.transport(), error.from(), error.to(), world.now());
    if (host != null) {
      Unreachable now = new Unreachable(error.transport(), host, error.to(), error.reason());
      send(inside(host.ip()), new Packet(by, host, now));
    }
  }

  private void send(@Nullable Net to, @Nullable Packet packet) {
    if (to != null && packet != null) {
      to.send(ip, packet);
    }
  }

  private @Nullable Net inside(InetAddress host) {
    for (Net net : insides) {
      if (net.has(host)) {
        return net;
      }
    }
    return null;
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
