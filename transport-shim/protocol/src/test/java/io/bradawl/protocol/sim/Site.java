package io.bradawl.protocol.sim;

import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where one peer lives: a host, and the net that it shares with its neighbours. */
public record Site(Net net, Host host) {

  private static final Duration LAN_DELAY = Duration.ofNanos(200_000);

  /**
   * @param number 1 to 250, makes the addresses: 80.number.0.1 outside; inside, the host is
   *     10.0.0.number
   * @param link between the site and the internet
   */
  public static Site of(
      World world, Net internet, @Nullable NatBehaviour nat, int number, Link link) {
    InetAddress outside = ip(80, number, 0, 1);
    if (nat == null) {
      return new Site(internet, new Host(world, internet, outside, link));
    }
    Net lan = new Net(world);
    new NatBox(world, lan, internet, outside, link, nat);
    InetAddress inside =
        (nat.mapping().allocation() != NatBehaviour.Allocation.NONE)
            ? ip(10, 0, 0, number)
            : outside;
    return new Site(lan, new Host(world, lan, inside, Link.of(LAN_DELAY)));
  }

  /** Another host on the same net. */
  public Host neighbour(World world, InetAddress address) {
    return new Host(world, net, address, Link.of(LAN_DELAY));
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
