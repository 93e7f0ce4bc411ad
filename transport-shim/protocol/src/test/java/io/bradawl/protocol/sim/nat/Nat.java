package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import java.net.InetAddress;
import java.util.Random;

/**
 * A NAT or firewall. Times are monotonic nanoseconds; the same packets at the same times and the
 * same randomness give the same verdicts.
 */
public final class Nat {

  private final NatBehaviour behaviour;
  private final InetAddress external;
  private final Random random;
  private Table tcp;
  private Table udp;

  /**
   * @param external its address outside; of a plain firewall any address that nobody sends to
   */
  public Nat(NatBehaviour behaviour, InetAddress external, Random random) {
    this.behaviour = behaviour;
    this.external = external;
    this.random = random;
    tcp = new Table(Transport.TCP, behaviour, external, random);
    udp = new Table(Transport.UDP, behaviour, external, random);
  }

  /** Forgets everything, as after a loss of power. */
  public void reboot() {
    tcp = new Table(Transport.TCP, behaviour, external, random);
    udp = new Table(Transport.UDP, behaviour, external, random);
  }

  /** A packet from inside that is for elsewhere, or for an address of this NAT. */
  public Verdict leave(Header header, long now) {
    boolean back = header.destination().ip().equals(external);
    if (back && behaviour.hairpin() == Hairpin.NONE) {
      return new Verdict.Refuse(Refusal.DROP);
    }
    TransportAddress source = table(header).leave(header, now);
    return back ? hairpin(header, source, now) : new Verdict.Forward(header.from(source), false);
  }

  /** A packet from outside. */
  public Verdict enter(Header header, long now) {
    TransportAddress inside = table(header).enter(header, now);
    return inside == null
        ? new Verdict.Refuse(behaviour.filtering().refusal())
        : new Verdict.Forward(header.to(inside), true);
  }

  private Verdict hairpin(Header header, TransportAddress source, long now) {
    Verdict verdict = enter(header.from(source), now);
    boolean keepsSource = behaviour.hairpin() == Hairpin.INTERNAL_SOURCE;
    return keepsSource && verdict instanceof Verdict.Forward forward
        ? new Verdict.Forward(forward.header().from(header.source()), true)
        : verdict;
  }

  private Table table(Header header) {
    return header.transport() == Transport.TCP ? tcp : udp;
  }
}
