package io.bradawl.protocol.sim.random.plan;

import io.bradawl.protocol.sim.Site;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses of one net. Few subnets and few numbers, so that worlds are full of doubles. */
final class Space {

  private static final int[][] PRIVATE = {
    {10, 0, 0}, {10, 0, 1}, {192, 168, 0}, {192, 168, 1}, {172, 16, 5}
  };

  private static final int LEAST = 2;

  /** How many there are in one net. */
  private static final int NUMBERS = 4;

  private final int @Nullable [] subnet;

  /** The one address behind a firewall. */
  private final @Nullable InetAddress only;

  private final int first;

  private final Set<InetAddress> taken = new HashSet<>();

  private Space(int @Nullable [] subnet, @Nullable InetAddress only, int first) {
    this.first = first;
    this.subnet = subnet;
    this.only = only;
  }

  static Space internet() {
    return new Space(null, null, LEAST);
  }

  /** A part of the internet where nobody is before. */
  static Space elsewhere() {
    return new Space(null, null, LEAST + NUMBERS);
  }

  boolean isInternet() {
    return subnet == null && only == null;
  }

  /** A net behind a NAT in this one. */
  Space within(Chance chance) {
    return new Space(chance.oneOf(PRIVATE), null, LEAST);
  }

  /** The net behind a firewall in this one, where addresses are as outside. */
  Space kept(InetAddress ip) {
    return new Space(subnet, ip, LEAST);
  }

  InetAddress take(Chance chance) {
    if (only != null) {
      return only;
    }
    InetAddress ip = draw(chance);
    while (!taken.add(ip)) {
      ip = draw(chance);
    }
    return ip;
  }

  private InetAddress draw(Chance chance) {
    int number = chance.between(first, first + NUMBERS - 1);
    return subnet == null
        ? Site.ip(80, number, 0, 1)
        : Site.ip(subnet[0], subnet[1], subnet[2], number);
  }
}
