package io.bradawl.it.lab;

import io.bradawl.it.lab.userspace.Line;
import io.bradawl.it.lab.userspace.UserspaceBox;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Allocation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The laboratory: a core router in the middle, public hosts at 80.0.x.2, NAT boxes whose outside is
 * 70.0.x.2. The LAN behind a box that translates is 10.0.x.0/24, behind one that does not
 * 90.0.x.0/24. Addresses of the public part are ordinary unicast, since software rightly treats
 * documentation and private ranges as bogons; nothing leaves the namespaces.
 *
 * <p>Kernels without {@code netem} cannot delay packets: with the kernel's own boxes there is no
 * delay. The boxes of this process ({@link #userspaceBox}) delay, lose and translate as one likes.
 */
public final class Lab implements AutoCloseable {
  private final Footprint footprint;
  private final Deque<Namespace> namespaces = new ArrayDeque<>();
  private final Deque<UserspaceBox> carriers = new ArrayDeque<>();
  private final Namespace core;
  private final Observer observer;
  private int boxes;
  private int publicHosts;

  private Lab(Footprint footprint) {
    this.footprint = footprint;
    this.core = namespace("core");
    core.configure("echo 1 > /proc/sys/net/ipv4/ip_forward");
    this.observer = Observer.ofForwarded(core);
  }

  /**
   * Builds an empty laboratory, after removing what killed runs left behind. It is closed at the
   * end of this JVM at the latest, an interrupt from the keyboard included.
   *
   * @throws LabException if this machine or these privileges cannot have one; the message names the
   *     remedy
   */
  public static Lab open() {
    Footprint footprint = Footprint.claim();
    footprint.removeLeftovers();
    Lab lab = new Lab(footprint);
    Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "close laboratory"));
    return lab;
  }

  /** Counts what crosses the public segment. */
  public Observer observer() {
    return observer;
  }

  /** Adds a host with a public address and nothing in front of it. */
  public Host publicHost(String name) {
    Namespace host = namespace(name);
    String network = "80.0." + publicHosts;
    link("p" + publicHosts++, network, host, "eth0");
    return new Host(name, network + ".2", host);
  }

  /** Adds a box with an empty LAN behind it. */
  public NatBox natBox(String name, Nat nat, Unsolicited unsolicited) {
    Namespace box = namespace(name);
    int number = boxes++;
    String outside = "70.0." + number;
    String inside = (nat.translates() ? "10.0." : "90.0.") + number + ".";
    link("n" + number, outside, box, "wan");
    box.configure(
        """
        echo 1 > /proc/sys/net/ipv4/ip_forward
        ip link add lan type bridge
        ip addr add %s1/24 dev lan
        ip link set lan up
        """
            .formatted(inside));
    Netfilter.load(box, nat.ruleset(unsolicited));
    if (!nat.translates()) {
      core.configure("ip route add " + inside + "0/24 via " + outside + ".2");
    }
    return new NatBox(this, name, outside + ".2", inside, box, null);
  }

  /**
   * Adds a box that lives in this process: any NAT, and a line with delay. For a host with a public
   * address and a delay, take no NAT.
   *
   * @param behaviour {@code null} for a mere router
   */
  public NatBox userspaceBox(String name, @Nullable NatBehaviour behaviour, Line line) {
    Namespace box = namespace(name);
    int number = boxes++;
    boolean translates = behaviour != null && behaviour.mapping().allocation() != Allocation.NONE;
    String external = "70.0." + number + ".2";
    String inside = (translates ? "10.0." : "90.0.") + number + ".";
    link("n" + number, "71.0." + number, box, "wan");
    UserspaceBox carrier =
        UserspaceBox.start(
            box.file(),
            behaviour,
            ip(external),
            line,
            address -> address.getHostAddress().startsWith(inside));
    carriers.push(carrier);
    box.configure(userspaceRoutes(inside, external));
    core.configure(
        "ip route add %s via 71.0.%d.2".formatted(translates ? external : inside + "0/24", number));
    return new NatBox(this, name, external, inside, box, carrier);
  }

  /** Whatever comes from either side goes to the device, and what the device sends to the other. */
  private static String userspaceRoutes(String inside, String external) {
    return """
        echo 1 > /proc/sys/net/ipv4/ip_forward
        echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
        ip link add lan type bridge
        ip addr add %1$s1/24 dev lan
        ip link set lan up
        ip link set %3$s up
        echo 0 > /proc/sys/net/ipv4/conf/%3$s/rp_filter
        ip rule add iif lan lookup 100
        ip route add default dev %3$s table 100
        ip rule add iif wan lookup 101
        ip route add %1$s0/24 dev %3$s table 101
        ip route add %2$s dev %3$s table 101
        """
        .formatted(inside, external, UserspaceBox.DEVICE);
  }

  private void link(String port, String network, Namespace far, String farPort) {
    core.configure(
        """
        ip link add %1$s type veth peer name %2$s netns %3$s
        ip addr add %4$s.1/24 dev %1$s
        ip link set %1$s up
        """
            .formatted(port, farPort, far.file(), network));
    far.configure(uplink(farPort, network + ".2/24", network + ".1"));
  }

  static String uplink(String port, String address, String gateway) {
    return """
        ip addr add %2$s dev %1$s
        ip link set %1$s up
        ip route add default via %3$s
        """
        .formatted(port, address, gateway);
  }

  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal + " is no address", e);
    }
  }

  Namespace namespace(String role) {
    Path file = footprint.file(role);
    Namespace namespace = Namespace.create(file);
    namespaces.push(namespace);
    return namespace;
  }

  /** Kills what still runs inside and removes everything; a second call does nothing. */
  @Override
  public void close() {
    carriers.forEach(UserspaceBox::close);
    namespaces.forEach(Namespace::close);
    footprint.release();
  }
}
