package io.bradawl.protocol.sim.nat;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;

import java.time.Duration;

/**
 * How a NAT or firewall behaves.
 *
 * @param errors whether ICMP errors about its flows come through (RFC 5508 REQ-4)
 */
public record NatBehaviour(
    Mapping mapping, Filtering filtering, Hairpin hairpin, Lifetimes lifetimes, boolean errors) {

  /** A stateful firewall: lets answers in, translates nothing. */
  public static final NatBehaviour FIREWALL =
      of(new Mapping(ENDPOINT_INDEPENDENT, Allocation.NONE), ADDRESS_AND_PORT_DEPENDENT);

  /** A NAT that gives random ports, drops what it does not expect, and does not hairpin. */
  public static NatBehaviour nat(Scope mapping, Scope filtering) {
    return of(new Mapping(mapping, Allocation.RANDOM), filtering);
  }

  private static NatBehaviour of(Mapping mapping, Scope filtering) {
    return new NatBehaviour(mapping, Filtering.of(filtering), Hairpin.NONE, Lifetimes.USUAL, true);
  }

  /** Whether hosts behind it have other addresses than the outside sees. */
  public boolean translates() {
    return mapping.allocation() != Allocation.NONE;
  }

  public NatBehaviour allocating(Allocation allocation) {
    return mapping(new Mapping(mapping.scope(), allocation, mapping.overloads, mapping.capacity));
  }

  /** With one external port for flows of several hosts that have different destinations. */
  public NatBehaviour overloading() {
    return mapping(new Mapping(mapping.scope(), mapping.allocation(), true, mapping.capacity));
  }

  /** With room for so many mappings of each transport. */
  public NatBehaviour holding(int mappings) {
    return mapping(new Mapping(mapping.scope(), mapping.allocation(), mapping.overloads, mappings));
  }

  public NatBehaviour refusing(Refusal refusal) {
    return filtering(
        new Filtering(filtering.scope(), refusal, filtering.simultaneousOpen(), filtering.early()));
  }

  public NatBehaviour withoutSimultaneousOpen() {
    return filtering(
        new Filtering(filtering.scope(), filtering.refusal(), false, filtering.early()));
  }

  public NatBehaviour early(Early early) {
    return filtering(
        new Filtering(filtering.scope(), filtering.refusal(), filtering.simultaneousOpen(), early));
  }

  public NatBehaviour hairpinning(Hairpin kind) {
    return new NatBehaviour(mapping, filtering, kind, lifetimes, errors);
  }

  public NatBehaviour keeping(Lifetimes times) {
    return new NatBehaviour(mapping, filtering, hairpin, times, errors);
  }

  /** With ICMP errors that get lost. */
  public NatBehaviour withoutErrors() {
    return new NatBehaviour(mapping, filtering, hairpin, lifetimes, false);
  }

  private NatBehaviour filtering(Filtering other) {
    return new NatBehaviour(mapping, other, hairpin, lifetimes, errors);
  }

  private NatBehaviour mapping(Mapping other) {
    return new NatBehaviour(other, filtering, hairpin, lifetimes, errors);
  }

  /**
   * @param scope which destinations share an external port (RFC 4787 section 4.1)
   * @param allocation which port that is (RFC 4787 section 4.2)
   * @param overloads whether flows of several hosts share an external port as long as their
   *     destinations differ, as Linux has it and RFC 4787 REQ-3 forbids
   * @param capacity how many mappings there may be; then the one that is idle for longest goes
   */
  public record Mapping(Scope scope, Allocation allocation, boolean overloads, int capacity) {
    Mapping(Scope scope, Allocation allocation) {
      this(scope, allocation, false, Integer.MAX_VALUE);
    }
  }

  /**
   * @param scope whose packets come in (RFC 4787 section 5)
   * @param refusal what others meet (RFC 5382 section 4.3 wants DROP for at least 6 s)
   * @param simultaneousOpen whether a SYN may come in where one has just gone out (RFC 5382 REQ-2)
   * @param early what an unsolicited datagram does to the flow that meets it
   */
  public record Filtering(Scope scope, Refusal refusal, boolean simultaneousOpen, Early early) {
    static Filtering of(Scope scope) {
      return new Filtering(scope, Refusal.DROP, true, Early.IGNORED);
    }
  }

  /** On what a mapping or a filter depends. */
  public enum Scope {
    ENDPOINT_INDEPENDENT,
    ADDRESS_DEPENDENT,
    ADDRESS_AND_PORT_DEPENDENT
  }

  /** Which external port a new mapping gets. */
  public enum Allocation {
    /** Addresses and ports stay as they are. */
    NONE,
    /** The inside port, or a random one if that is taken. */
    PRESERVING,
    /** Random, but even for even and odd for odd (RFC 4787 section 4.2.2). */
    PARITY,
    /** A fixed distance from the inside port, so neighbours stay neighbours; random if taken. */
    CONTIGUOUS,
    /** The port after the last one. */
    SEQUENTIAL,
    RANDOM
  }

  /** What unsolicited packets meet. */
  public enum Refusal {
    DROP,
    /** As of a host where nobody listens: a SYN meets RST, a datagram "port unreachable". */
    RST,
    /** Both meet the ICMP error "administratively prohibited". */
    ICMP
  }

  /** What becomes of a datagram that comes before the own side has sent. */
  public enum Early {
    IGNORED,
    /**
     * Linux conntrack keeps it: the own flow to that sender then gets another external port, for as
     * long as it keeps sending.
     */
    MOVES_MAPPING
  }

  /** What becomes of a packet from inside to an own external address (RFC 4787 section 6). */
  public enum Hairpin {
    NONE,
    /** The NAT itself answers as a host without sockets does. */
    ANSWERED,
    /** It comes back in with the external source that everybody sees (RFC 4787 REQ-9). */
    EXTERNAL_SOURCE,
    /** It comes back in with its inside source, which the receiver may not expect. */
    INTERNAL_SOURCE
  }

  /**
   * How long silence ends what a NAT knows of one remote; a mapping lives as long as any of these.
   *
   * @param udp at least 2 minutes by RFC 4787 REQ-5; often 30 s
   * @param udpStream once datagrams went both ways for two seconds
   * @param tcpTransitory before a connection stands and after its end (RFC 5382 REQ-5: 4 minutes)
   * @param tcpEstablished at least 2 hours 4 minutes by RFC 5382 REQ-5
   * @param inboundRefreshes whether packets from outside count too (RFC 4787 REQ-6)
   */
  public record Lifetimes(
      Duration udp,
      Duration udpStream,
      Duration tcpTransitory,
      Duration tcpEstablished,
      boolean inboundRefreshes) {

    public static final Lifetimes USUAL =
        new Lifetimes(
            Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofMinutes(124), false);

    public Lifetimes(
        Duration udp, Duration tcpTransitory, Duration tcpEstablished, boolean inboundRefreshes) {
      this(udp, udp, tcpTransitory, tcpEstablished, inboundRefreshes);
    }
  }
}
