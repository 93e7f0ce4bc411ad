package io.bradawl.it.lab;

import io.bradawl.it.lab.userspace.Line;
import io.bradawl.protocol.sim.nat.NatBehaviour;
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
  private final Stack stack;
  private final Deque<Namespace> namespaces = new ArrayDeque<>();
  private final Boxes boxes;
  private final Namespace core;
  private final Segment publicHosts;
  private final Segment publicBoxes;
  private final Observer observer;

  private Lab(Footprint footprint, Stack stack) {
    this.footprint = footprint;
    this.stack = stack;
    this.boxes = new Boxes(this::namespace, stack);
    this.core = namespace("core");
    core.configure(stack.forward());
    this.publicHosts = new PublicSegment(core, stack, "80.0", "p");
    this.publicBoxes = new PublicSegment(core, stack, "70.0", "n");
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
    return open(Stack.IPV4);
  }

  /**
   * The same with IPv6 beside IPv4: every host has an address of each ({@link Host#ipv6}), and no
   * box translates those of IPv6. What boxes of this process filter, they filter of IPv4 only.
   */
  public static Lab openDualStack() {
    return open(Stack.BOTH);
  }

  private static Lab open(Stack stack) {
    Footprint footprint = Footprint.claim();
    footprint.removeLeftovers();
    Lab lab = new Lab(footprint, stack);
    Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "close laboratory"));
    return lab;
  }

  /** Counts what crosses the public segment. */
  public Observer observer() {
    return observer;
  }

  /** Reads along on the public segment; looks for these texts. */
  public Wiretap wiretap(String... texts) {
    return Wiretap.in(core, texts);
  }

  /** Adds a host with a public address and nothing in front of it. */
  public Host publicHost(String name) {
    return boxes.host(publicHosts, name, name);
  }

  /** Adds a box with an empty LAN behind it. */
  public NatBox natBox(String name, Nat nat, Unsolicited unsolicited) {
    return boxes.kernel(publicBoxes, name, nat, unsolicited, null);
  }

  /**
   * Adds a box whose LAN has the given addresses, which others may have too.
   *
   * @param subnet three octets and a dot
   */
  public NatBox natBox(String name, Nat nat, Unsolicited unsolicited, String subnet) {
    return boxes.kernel(publicBoxes, name, nat, unsolicited, subnet);
  }

  /**
   * Adds a box that lives in this process: any NAT, and a line with delay. For a host with a public
   * address and a delay, take no NAT; for a NAT of the kernel with a delay, put it behind such.
   *
   * @param behaviour {@code null} for a mere router
   */
  public NatBox userspaceBox(String name, @Nullable NatBehaviour behaviour, Line line) {
    return boxes.userspace(publicBoxes, name, behaviour, line, null);
  }

  /**
   * Adds a box of this process whose LAN has the given addresses, which others may have too.
   *
   * @param subnet three octets and a dot
   */
  public NatBox userspaceBox(
      String name, @Nullable NatBehaviour behaviour, Line line, String subnet) {
    return boxes.userspace(publicBoxes, name, behaviour, line, subnet);
  }

  Namespace namespace(String role) {
    Path file = footprint.file(role);
    Namespace namespace = Namespace.create(file);
    namespaces.push(namespace);
    namespace.configure(stack.begin());
    return namespace;
  }

  /** Kills what still runs inside and removes everything; a second call does nothing. */
  @Override
  public void close() {
    boxes.close();
    namespaces.forEach(Namespace::close);
    footprint.release();
  }
}
