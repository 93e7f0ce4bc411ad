package io.bradawl.it.lab;

import io.bradawl.it.lab.userspace.UserspaceBox;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A router between its own LAN and the public segment. */
public final class NatBox {
  private final Lab lab;
  private final String name;
  private final String outside;
  private final String prefix;
  private final Namespace namespace;
  private final @Nullable UserspaceBox carrier;
  private int hosts;

  NatBox(
      Lab lab,
      String name,
      String outside,
      String prefix,
      Namespace namespace,
      @Nullable UserspaceBox carrier) {
    this.carrier = carrier;
    this.lab = lab;
    this.name = name;
    this.outside = outside;
    this.prefix = prefix;
    this.namespace = namespace;
  }

  /** The address that the rest of the world sees. */
  public String outside() {
    return outside;
  }

  /** What carries its packets, if it is a box of this process. */
  public UserspaceBox carrier() {
    return Objects.requireNonNull(carrier, "a box of the kernel");
  }

  /** Adds a host to the LAN. */
  public Host host(String hostName) {
    String address = prefix + (10 + hosts);
    String port = "h" + hosts++;
    Namespace host = lab.namespace(name + "-" + hostName);
    namespace.configure(
        """
        ip link add %1$s type veth peer name eth0 netns %2$s
        ip link set %1$s master lan up
        """
            .formatted(port, host.file()));
    host.configure(Lab.uplink("eth0", address + "/24", prefix + "1"));
    return new Host(hostName, address, host);
  }
}
