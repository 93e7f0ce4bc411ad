package io.bradawl.protocol.sim;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.Packet.Unreachable;
import io.bradawl.protocol.sim.Packet.Unreachable.Reason;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One address space: the public internet, or what is behind a NAT. */
public final class Net {

  private final World world;
  private final Map<InetAddress, Wire> wires = new HashMap<>();
  private @Nullable NatBox gateway;
  private long carried;

  public Net(World world) {
    this.world = world;
  }

  public void attach(InetAddress ip, Link link, Node node) {
    wires.put(ip, new Wire(node, link));
  }

  /** Removes the wire of whoever has this address. */
  public void detach(InetAddress ip) {
    wires.remove(ip);
  }

  /** Whether somebody on this net itself has the address. */
  boolean has(InetAddress ip) {
    return wires.containsKey(ip);
  }

  /** Cuts the wire of this address or mends it; what is on its way arrives. */
  public void plugged(InetAddress ip, boolean isPlugged) {
    wire(ip).plugged = isPlugged;
  }

  /** From now on the wire of this address is such. */
  public void link(InetAddress ip, Link link) {
    wire(ip).link = link;
  }

  public Link link(InetAddress ip) {
    return wire(ip).link;
  }

  private Wire wire(InetAddress ip) {
    return Objects.requireNonNull(wires.get(ip), () -> "nobody has " + ip.getHostAddress());
  }

  public void gateway(NatBox box) {
    gateway = box;
  }

  /** How many packets were put on this net. */
  public long carried() {
    return carried;
  }

  /** Carries a packet that {@code from} (an address on this net) sends. */
  public void send(InetAddress from, Packet packet) {
    carried++;
    world.saw(packet);
    Wire wire = wires.get(from);
    if (wire == null) {
      route(packet);
    } else {
      over(wire, packet, () -> route(packet));
    }
  }

  private void route(Packet packet) {
    Wire target = wires.get(packet.destination().ip());
    if (target != null) {
      over(target, packet, () -> target.node.receive(packet));
    } else if (gateway != null) {
      gateway.leave(packet, this);
    }
  }

  private void over(Wire wire, Packet packet, Runnable arrival) {
    Link link = wire.link;
    if (!wire.plugged) {
      return;
    }
    if (packet.octets() > link.width().mtu()) {
      tooBig(packet, link);
      return;
    }
    for (int copy = link.copies(world.random()); copy > 0; copy--) {
      world.at(wire.passes(world.now(), packet) + link.draw(world.random()), arrival);
    }
  }

  private void tooBig(Packet packet, Link link) {
    if (link.width().tells() && !(packet.payload() instanceof Unreachable)) {
      TransportAddress router = new TransportAddress(packet.destination().ip(), 0);
      world.at(world.now(), () -> route(packet.error(router, Reason.TOO_BIG)));
    }
  }

  private static final class Wire {
    private final Node node;
    private Link link;
    private boolean plugged = true;
    private long busyUntil = Long.MIN_VALUE;

    Wire(Node node, Link link) {
      this.node = node;
      this.link = link;
    }

    /** When the packet has left those before it and itself behind. */
    long passes(long now, Packet packet) {
      long time = link.width().time(packet.octets());
      if (time == 0) {
        return now;
      }
      busyUntil = Math.max(busyUntil, now) + time;
      return busyUntil;
    }
  }

  /** Whatever can be sent a packet. */
  public interface Node {
    void receive(Packet packet);
  }
}
