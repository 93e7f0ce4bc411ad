package io.bradawl.protocol.sim.random.plan;

import java.net.InetAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How a peer is on the IPv6 internet, where nothing is translated.
 *
 * @param only whether it has no IPv4
 * @param boxes firewalls, outermost first
 */
public record Ipv6(boolean only, List<Box> boxes, InetAddress ip, Way way) {

  public Ipv6 {
    boxes = List.copyOf(boxes);
  }

  Ipv6 withWays(UnaryOperator<Way> change) {
    List<Box> changed = boxes.stream().map(box -> box.withWay(change.apply(box.way()))).toList();
    return new Ipv6(only, changed, ip, change.apply(way));
  }

  @Override
  public String toString() {
    String chain = boxes.stream().map(box -> "\n    behind " + box).collect(Collectors.joining());
    return "\n    " + (only ? "only " : "and ") + ip.getHostAddress() + " (" + way + ")" + chain;
  }
}
