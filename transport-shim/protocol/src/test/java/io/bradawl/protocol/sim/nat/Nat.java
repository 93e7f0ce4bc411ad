package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import java.net.InetAddress;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A NAT or firewall. Times are monotonic nanoseconds; the same packets at the same times and the
 * same randomness give the same verdicts.
 */
public final class Nat {

  private final NatBehaviour behaviour;
  private final Random random;
  private InetAddress external;
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

  /** Forgets its mappings, and gives none of their ports again. */
  public void rebind() {
    tcp.rebind();
    udp.rebind();
  }

  /** Gets another address outside, and forgets everything. */
  public void renumber(InetAddress other) {
    external = other;
    reboot();
  }

  /** A packet from inside that is for elsewhere, or for an address of this NAT. */
  public Verdict leave(Header header, long now) {
    boolean back = behaviour.translates() && header.destination().ip().equals(external);
    if (back && behaviour.hairpin() == Hairpin.NONE) {
      return new Verdict.Refuse(Refusal.DROP);
    }
    if (back && behaviour.hairpin() == Hairpin.ANSWERED) {
      return new Verdict.Refuse(Refusal.RST);
    }
    TransportAddress source = table(header.transport()).leave(header, now);
    return back ? hairpin(header, source, now) : new Verdict.Forward(header.from(source), false);
  }

  /** A packet from outside. */
  public Verdict enter(Header header, long now) {
    TransportAddress inside = table(header.transport()).enter(header, now);
    return inside == null
        ? new Verdict.Refuse(behaviour.filtering().refusal())
        : new Verdict.Forward(header.to(inside), true);
  }

  /**
   * An ICMP error from outside about a packet that has left.
   *
   * @param source of that packet, as seen outside
   * @return who sent it, or {@code null} if the error is not let through
   */
  public @Nullable TransportAddress enterError(
      Transport transport, TransportAddress source, TransportAddress destination, long now) {
    return behaviour.errors() ? table(transport).sender(source, destination, now) : null;
  }

  /**
   * An ICMP error from inside about a packet that has come in.
   *
   * @param destination of that packet, inside
   * @return how that is known outside, or {@code null} if the error is not let through
   */
  public @Nullable TransportAddress leaveError(
      Transport transport, TransportAddress destination, TransportAddress source, long now) {
    return behaviour.errors() ? table(transport).seen(destination, source, now) : null;
  }

  private Verdict hairpin(Header header, TransportAddress source, long now) {
    Verdict verdict = enter(header.from(source), now);
    boolean keepsSource = behaviour.hairpin() == Hairpin.INTERNAL_SOURCE;
    return keepsSource && verdict instanceof Verdict.Forward forward
        ? new Verdict.Forward(forward.header().from(header.source()), true)
        : verdict;
  }

  private Table table(Transport transport) {
    return transport == Transport.TCP ? tcp : udp;
  }
}
