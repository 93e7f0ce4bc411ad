package io.bradawl.protocol.sim;

import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one peer lives: a host, and the net that it shares with its neighbours.
 *
 * @param boxes between the host and the internet, the outermost first
 */
public record Site(Net net, Host host, List<NatBox> boxes) {

  static final Duration LAN_DELAY = Duration.ofNanos(200_000);

  /**
   * @param number 1 to 250, makes the addresses: 80.number.0.1 outside; inside, the host is
   *     10.0.0.number
   * @param link between the site and the internet
   */
  public static Site of(
      World world, Net internet, @Nullable NatBehaviour nat, int number, Link link) {
    return behind(world, internet, nat == null ? List.of() : List.of(nat), number, link);
  }

  /**
   * A host behind any number of NATs, one behind the other; each net between two has the addresses
   * 100.64.number.0/24, as behind a carrier's (RFC 6598).
   *
   * @param nats the outermost first
   */
  public static Site behind(
      World world, Net internet, List<NatBehaviour> nats, int number, Link link) {
    List<NatBox> boxes = new ArrayList<>();
    Net net = internet;
    InetAddress ip = ip(80, number, 0, 1);
    Link wire = link;
    for (NatBehaviour nat : nats) {
      Net lan = new Net(world);
      boxes.add(new NatBox(world, lan, net, ip, wire, nat));
      net = lan;
      boolean last = boxes.size() == nats.size();
      ip = nat.translates() ? (last ? ip(10, 0, 0, number) : ip(100, 64, number, 1)) : ip;
      wire = Link.of(LAN_DELAY);
    }
    return new Site(net, new Host(world, net, ip, wire), List.copyOf(boxes));
  }

  /** Another host on the same net. */
  public Host neighbour(World world, InetAddress address) {
    return new Host(world, net, address, Link.of(LAN_DELAY));
  }

  /** In 2001:db8::/32 (RFC 3849). */
  public static InetAddress ipv6(int net, int host) {
    return ip(0x20, 1, 0x0d, 0xb8, 0, net, 0, 0, 0, 0, 0, 0, 0, 0, 0, host);
  }

  public static InetAddress ip(int... octets) {
    byte[] address = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      address[i] = (byte) octets[i];
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an IP address has 4 or 16 octets", e);
    }
  }
}
