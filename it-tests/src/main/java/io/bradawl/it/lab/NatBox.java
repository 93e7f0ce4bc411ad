package io.bradawl.it.lab;

import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.lab.userspace.UserspaceBox;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A router between its own LAN and the segment that it is plugged into. */
public final class NatBox {
  private final Boxes boxes;
  private final String name;
  private final Lan lan;
  private final @Nullable UserspaceBox carrier;
  private volatile String outside;

  NatBox(Boxes boxes, String name, String outside, Lan lan, @Nullable UserspaceBox carrier) {
    this.boxes = boxes;
    this.name = name;
    this.outside = outside;
    this.lan = lan;
    this.carrier = carrier;
  }

  /** The address that the rest of the world sees. */
  public String outside() {
    return outside;
  }

  /**
   * Gives a box of this process another address outside, as a provider does; all mappings are gone.
   *
   * @param address of the same /24
   */
  public void readdress(String address) {
    lan.box().configure(Boxes.served(address));
    carrier().readdress(Boxes.ip(address));
    outside = address;
  }

  /** What carries its packets, if it is a box of this process. */
  public UserspaceBox carrier() {
    return Objects.requireNonNull(carrier, "a box of the kernel");
  }

  /**
   * Forwards only what these rules let through.
   *
   * @param rules of nftables, for a chain whose policy is to accept
   */
  public void restrict(String rules) {
    lan.restrict(rules);
  }

  /**
   * Changes a kernel setting of this box only, for example {@code net/netfilter/nf_conntrack_max}.
   */
  public void sysctl(String key, String value) {
    lan.sysctl(key, value);
  }

  /** Adds a host to the LAN. */
  public Host host(String hostName) {
    return boxes.host(lan, hostName, name + "-" + hostName);
  }

  /** Adds a box of the kernel to the LAN, with an empty LAN of its own behind it. */
  public NatBox natBox(String boxName, Nat nat, Unsolicited unsolicited) {
    return boxes.kernel(lan, name + "-" + boxName, nat, unsolicited, null);
  }

  /** Adds a box of this process to the LAN, with an empty LAN of its own behind it. */
  public NatBox userspaceBox(String boxName, @Nullable NatBehaviour behaviour, Line line) {
    return boxes.userspace(lan, name + "-" + boxName, behaviour, line, null);
  }

  /**
   * The same, with a LAN that has the given addresses.
   *
   * @param subnet three octets and a dot
   */
  public NatBox userspaceBox(
      String boxName, @Nullable NatBehaviour behaviour, Line line, String subnet) {
    return boxes.userspace(lan, name + "-" + boxName, behaviour, line, subnet);
  }
}
