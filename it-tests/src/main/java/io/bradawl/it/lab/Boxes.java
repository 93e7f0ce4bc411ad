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

  private static final String FROM_OUTSIDE = "ip route add %s dev %s table 101";
  private static final String IPV6_THROUGH_DEVICE =
      """
      ip -6 rule add iif lan lookup %2$s
      ip -6 route add default dev %1$s table %2$s
      ip -6 rule add iif wan lookup 101
      """;

  private final Function<String, Namespace> namespaces;
  private final Stack stack;
  private final Deque<UserspaceBox> carriers = new ArrayDeque<>();
  private int count;

  /**
   * @param namespaces makes one for the given role
   */
  Boxes(Function<String, Namespace> namespaces, Stack stack) {
    this.namespaces = namespaces;
    this.stack = stack;
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
    Lan lan = new Lan(box, stack, inside);
    Netfilter.load(box, nat.ruleset(unsolicited));
    lan.announce(network -> announce(segment, network, nat.translates(), seat.address()));
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
    Lan lan = new Lan(box, stack, inside);
    UserspaceBox carrier =
        UserspaceBox.start(box.file(), behaviour, ip(seat.address()), line, lan::has);
    carriers.push(carrier);
    box.configure(throughDevice(seat.address()));
    lan.announce(
        network -> {
          box.configure(FROM_OUTSIDE.formatted(network, UserspaceBox.DEVICE));
          announce(segment, network, translates, seat.spare());
        });
    return new NatBox(this, name, seat.address(), lan, carrier);
  }

  private String inside(@Nullable String subnet, boolean translates) {
    int number = count++;
    if (subnet != null) {
      return subnet;
    }
    return (translates ? "10.0." : "90.0.") + number + ".";
  }

  /** Has the rest of the world send what is for a network that is not hidden by translation. */
  private static void announce(Segment segment, String network, boolean translates, String via) {
    if (Stack.isIpv6(network)) {
      segment.route(network, Stack.ipv6(via));
    } else if (!translates) {
      segment.route(network, via);
    }
  }

  private void configure(Namespace namespace, String port, String address, String gateway) {
    namespace.configure(
        """
        %2$s
        ip link set %1$s up
        %3$s
        """
            .formatted(port, stack.address(address, port), stack.defaultRoute(gateway)));
  }

  /**
   * Whatever comes from either side goes to the device, and what the device sends to the other. The
   * address of the NAT is not the kernel's own, or it would refuse packets that come from it.
   */
  private String throughDevice(String external) {
    return """
        echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
        ip link set %2$s up
        echo 0 > /proc/sys/net/ipv4/conf/%2$s/rp_filter
        ip neigh add proxy %1$s dev wan
        ip rule add iif lan lookup %3$s
        ip route add default dev %2$s table %3$s
        ip rule add iif wan lookup 101
        ip route add %1$s dev %2$s
        """
            .formatted(external, UserspaceBox.DEVICE, FROM_LAN)
        + stack.withIpv6(IPV6_THROUGH_DEVICE.formatted(UserspaceBox.DEVICE, FROM_LAN));
  }

  /** What comes from outside for this address goes to the device, from now on. */
  static String served(String external) {
    return """
        ip neigh replace proxy %1$s dev wan
        ip route replace %1$s dev %2$s
        """
        .formatted(external, UserspaceBox.DEVICE);
  }

  static InetAddress ip(String literal) {
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
