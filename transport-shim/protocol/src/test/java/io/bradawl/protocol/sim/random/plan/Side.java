package io.bradawl.protocol.sim.random.plan;

import java.net.InetAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One peer and what is its own on its way to the other.
 *
 * @param boxes outermost first; they stand behind those that both sides share
 * @param ip of the host
 * @param way from the host to its net
 * @param relay whether it has a relayed address, if it reaches the relay
 * @param egress where its packets may go
 * @param stranger on its net, at the other's private address
 * @param ipv6 if it has any
 */
public record Side(
    List<Box> boxes,
    InetAddress ip,
    Way way,
    boolean relay,
    Egress egress,
    Stranger stranger,
    @Nullable Ipv6 ipv6) {

  public Side {
    boxes = List.copyOf(boxes);
  }

  /** One without IPv6. */
  public Side(
      List<Box> boxes, InetAddress ip, Way way, boolean relay, Egress egress, Stranger stranger) {
    this(boxes, ip, way, relay, egress, stranger, null);
  }

  public boolean hasIpv4() {
    return ipv6 == null || !ipv6.only();
  }

  Side withIpv6(Ipv6 other) {
    return new Side(boxes, ip, way, relay, egress, stranger, other);
  }

  Side withWays(UnaryOperator<Way> change) {
    List<Box> changed = boxes.stream().map(box -> box.withWay(change.apply(box.way()))).toList();
    Ipv6 other = ipv6 == null ? null : ipv6.withWays(change);
    return new Side(changed, ip, change.apply(way), relay, egress, stranger, other);
  }

  Side withStranger(Stranger other) {
    return new Side(boxes, ip, way, relay, egress, other, ipv6);
  }

  /** What a host's network lets out. */
  public enum Egress {
    ALL,
    /** Only packets to the rendezvous and to relays, at the ports where clients reach them. */
    SERVERS,
    /** TCP only. */
    NO_UDP
  }

  @Override
  public String toString() {
    String chain = boxes.stream().map(box -> "\n    behind " + box).collect(Collectors.joining());
    return String.format(
        "%s (%s)%s%s%s%s%s",
        ip.getHostAddress(),
        way,
        relay ? ", relay" : "",
        egress == Egress.ALL ? "" : ", lets out " + egress,
        stranger == Stranger.NOBODY ? "" : ", " + stranger + " stranger",
        chain,
        ipv6 == null ? "" : ipv6);
  }
}
