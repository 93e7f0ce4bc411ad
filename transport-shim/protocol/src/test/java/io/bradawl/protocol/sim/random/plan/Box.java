package io.bradawl.protocol.sim.random.plan;

import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import java.net.InetAddress;
import java.util.Locale;

/**
 * A NAT or firewall.
 *
 * @param ip its address outside; of a firewall, of what is behind it
 * @param way to the net outside
 */
public record Box(NatBehaviour behaviour, InetAddress ip, Way way) {

  Box withWay(Way other) {
    return new Box(behaviour, ip, other);
  }

  /** Whether it leaves addresses as they are. */
  public boolean isFirewall() {
    return behaviour.mapping().allocation() == Allocation.NONE;
  }

  @Override
  public String toString() {
    NatBehaviour.Filtering filtering = behaviour.filtering();
    return String.format(
        Locale.ROOT,
        "%s: mapping %s %s, filtering %s, %s, %sunsolicited %s, hairpin %s, UDP %d s%s (%s)",
        ip.getHostAddress(),
        behaviour.mapping().scope(),
        behaviour.mapping().allocation(),
        filtering.scope(),
        filtering.refusal(),
        filtering.simultaneousOpen() ? "" : "no simultaneous open, ",
        filtering.early(),
        behaviour.hairpin(),
        behaviour.lifetimes().udp().toSeconds(),
        behaviour.lifetimes().inboundRefreshes() ? " refreshed inwards" : "",
        way);
  }
}
