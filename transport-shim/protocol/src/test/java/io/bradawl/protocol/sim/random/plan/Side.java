package io.bradawl.protocol.sim.random.plan;

import java.net.InetAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One peer and what is its own on its way to the other.
 *
 * @param boxes outermost first; they stand behind those that both sides share
 * @param ip of the host
 * @param way from the host to its net
 * @param relay whether it has a relayed address, if it reaches the relay
 * @param egress where its packets may go
 * @param stranger on its net, at the other's private address
 */
public record Side(
    List<Box> boxes, InetAddress ip, Way way, boolean relay, Egress egress, Stranger stranger) {

  public Side {
    boxes = List.copyOf(boxes);
  }

  Side withWays(UnaryOperator<Way> change) {
    List<Box> changed = boxes.stream().map(box -> box.withWay(change.apply(box.way()))).toList();
    return new Side(changed, ip, change.apply(way), relay, egress, stranger);
  }

  Side withStranger(Stranger other) {
    return new Side(boxes, ip, way, relay, egress, other);
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
        "%s (%s)%s%s%s%s",
        ip.getHostAddress(),
        way,
        relay ? ", relay" : "",
        egress == Egress.ALL ? "" : ", lets out " + egress,
        stranger == Stranger.NOBODY ? "" : ", " + stranger + " stranger",
        chain);
  }
}
