package io.bradawl.it.soak;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.userspace.Line;
import java.time.Duration;

/**
 * A host, and the box of this process between it and the rest of the world.
 *
 * @param box whose line and, where it translates, mappings can be made to fail
 * @param translates whether there are mappings at that box
 */
record Site(Host host, NatBox box, boolean translates) {
  /** One way to the middle. */
  static final Line LINE = Line.of(Duration.ofMillis(10));

  String name() {
    return host.name();
  }

  /** Takes the host's interface down: its routes and its carrier are gone, its address stays. */
  void unplug() {
    host.shell("ip link set eth0 down");
  }

  /** Undoes {@link #unplug}. */
  void plug() {
    String gateway = host.address().substring(0, host.address().lastIndexOf('.')) + ".1";
    host.shell("ip link set eth0 up; ip route replace default via " + gateway);
  }
}
