package io.bradawl.it.lab;

import io.bradawl.it.lab.Segment.Seat;
import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.lab.userspace.UserspaceBox;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes hosts and boxes, and plugs them into segments. */
final class Boxes implements AutoCloseable {
  /** The routing table for what comes from the LAN of a box of this process. */
  static final String FROM_LAN = "100";

  private final Function<String, Namespace> namespaces;
  private final Deque<UserspaceBox> carriers = new ArrayDeque<>();
  private int count;

  /**
   * @param namespaces makes one for the given role
   */
  Boxes(Function<String, Namespace> namespaces) {
    this.namespaces = namespaces;
  }

  Host host(Segment segment, String name, String role) {
    Namespace namespace = namespaces.apply(role);
    Seat seat = segment.plug(namespace, "eth0");
    configure(namespace, "eth0", seat.address(), seat.gateway());
    return new Host(name, seat.address(), namespace);
  }

  /**
   * @param subnet of the LAN, three octets and a dot; {@code null} for one that nobody else has
   */
  NatBox kernel(
      Segment segment, String name, Nat nat, Unsolicited unsolicited, @Nullable String subnet) {
    Namespace box = namespaces.apply(name);
    Seat seat = segment.plug(box, "wan");
    configure(box, "wan", seat.address(), seat.gateway());
    String inside = inside(subnet, nat.translates());
    Lan lan = new Lan(box, inside);
    Netfilter.load(box, nat.ruleset(unsolicited));
    if (!nat.translates()) {
      segment.route(inside + "0/24", seat.address());
    }
    return new NatBox(this, name, seat.address(), lan, null);
  }

  /**
   * @param behaviour {@code null} for a mere router
   * @param subnet of the LAN, three octets and a dot; {@code null} for one that nobody else has
   */
  NatBox userspace(
      Segment segment,
      String name,
      @Nullable NatBehaviour behaviour,
      Line line,
      @Nullable String subnet) {
    Namespace box = namespaces.apply(name);
    Seat seat = segment.plug(box, "wan");
    configure(box, "wan", seat.spare(), seat.gateway());
    boolean translates = behaviour != null && behaviour.mapping().allocation() != Allocation.NONE;
    String inside = inside(subnet, translates);
    Lan lan = new Lan(box, inside);
    UserspaceBox carrier =
        UserspaceBox.start(box.file(), behaviour, ip(seat.address()), line, lan::has);
    carriers.push(carrier);
    box.configure(throughDevice(inside, seat.address()));
    if (!translates) {
      segment.route(inside + "0/24", seat.spare());
    }
    return new NatBox(this, name, seat.address(), lan, carrier);
  }

  private String inside(@Nullable String subnet, boolean translates) {
    int number = count++;
    if (subnet != null) {
      return subnet;
    }
    return (translates ? "10.0." : "90.0.") + number + ".";
  }

  private static void configure(Namespace namespace, String port, String address, String gateway) {
    namespace.configure(
        """
        ip addr add %2$s/24 dev %1$s
        ip link set %1$s up
        ip route add default via %3$s
        """
            .formatted(port, address, gateway));
  }

  /**
   * Whatever comes from either side goes to the device, and what the device sends to the other. The
   * address of the NAT is not the kernel's own, or it would refuse packets that come from it.
   */
  private static String throughDevice(String inside, String external) {
    return """
        echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
        ip link set %3$s up
        echo 0 > /proc/sys/net/ipv4/conf/%3$s/rp_filter
        ip neigh add proxy %2$s dev wan
        ip rule add iif lan lookup %4$s
        ip route add default dev %3$s table %4$s
        ip rule add iif wan lookup 101
        ip route add %1$s0/24 dev %3$s table 101
        ip route add %2$s dev %3$s
        """
        .formatted(inside, external, UserspaceBox.DEVICE, FROM_LAN);
  }

  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal + " is no address", e);
    }
  }

  @Override
  public void close() {
    carriers.forEach(UserspaceBox::close);
  }
}
