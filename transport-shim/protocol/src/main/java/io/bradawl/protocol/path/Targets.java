package io.bradawl.protocol.path;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Which of the other peer's candidates get a packet. Addresses that can only mean this machine
 * itself, or many at once, never do, whatever the other peer claims: it must not be able to point
 * us at our own services or at a crowd.
 */
public final class Targets {

  private final Set<TransportAddress> own = new HashSet<>();
  private final boolean loopbackOnly;

  private Targets(PathSession session) {
    session.local().forEach(candidate -> own.add(candidate.address()));
    loopbackOnly = session.local().stream().anyMatch(c -> c.address().ip().isLoopbackAddress());
  }

  /**
   * The candidates to try, each address once, reflexive and host ones in turn: so the limit starves
   * neither, and the packets that have to open a NAT leave first.
   */
  public static List<Candidate> of(PathSession session, int limit) {
    Targets targets = new Targets(session);
    List<Candidate> hosts = new ArrayList<>();
    List<Candidate> others = new ArrayList<>();
    Set<TransportAddress> seen = new HashSet<>();
    for (Candidate candidate : session.remote()) {
      if (targets.admit(candidate.address()) && seen.add(candidate.address())) {
        (candidate.kind() == Candidate.Kind.HOST ? hosts : others).add(candidate);
      }
    }
    return inTurn(others.iterator(), hosts.iterator(), limit);
  }

  /**
   * The candidates to try from the own relayed address; none without one. A relay cannot reach
   * private addresses, unless it has one itself, and only those of its own IP version.
   */
  public static List<Candidate> byRelay(PathSession session, int limit) {
    Targets targets = new Targets(session);
    List<InetAddress> relays =
        session.local().stream()
            .filter(candidate -> candidate.kind() == Candidate.Kind.RELAYED)
            .map(candidate -> candidate.address().ip())
            .toList();
    return session.remote().stream()
        .filter(candidate -> targets.admit(candidate.address()))
        .filter(candidate -> relays.stream().anyMatch(r -> reaches(r, candidate.address().ip())))
        .distinct()
        .limit(limit)
        .toList();
  }

  private static boolean reaches(InetAddress relay, InetAddress ip) {
    return relay instanceof Inet4Address == ip instanceof Inet4Address
        && (isPrivate(relay) || !isPrivate(ip));
  }

  /** RFC 1918, RFC 6598 and RFC 4193. */
  private static boolean isPrivate(InetAddress ip) {
    byte[] octets = ip.getAddress();
    boolean shared = octets.length == 4 && octets[0] == 100 && (octets[1] & 0xC0) == 64;
    boolean unique = octets.length == 16 && (octets[0] & 0xFE) == 0xFC;
    return shared || unique || ip.isSiteLocalAddress() || ip.isLoopbackAddress();
  }

  /**
   * Whether an address is fit for packets at all. Loopback is so only for a peer that itself told a
   * loopback address: such a one met its rendezvous over loopback, where everyone is on one
   * machine.
   */
  public static boolean admits(PathSession session, TransportAddress address) {
    return new Targets(session).admit(address);
  }

  private boolean admit(TransportAddress address) {
    InetAddress ip = address.ip();
    return address.port() != 0
        && !ip.isAnyLocalAddress()
        && !ip.isMulticastAddress()
        && !ip.isLinkLocalAddress()
        && !isClassE(ip)
        && (loopbackOnly || !ip.isLoopbackAddress())
        && !own.contains(address);
  }

  /** 240.0.0.0/4 (RFC 1112 section 4): broadcast, and the range of virtual addresses. */
  private static boolean isClassE(InetAddress ip) {
    return ip instanceof Inet4Address && (ip.getAddress()[0] & 0xF0) == 0xF0;
  }

  private static List<Candidate> inTurn(
      Iterator<Candidate> first, Iterator<Candidate> second, int limit) {
    List<Candidate> order = new ArrayList<>();
    while (order.size() < limit && (first.hasNext() || second.hasNext())) {
      if (first.hasNext()) {
        order.add(first.next());
      }
      if (second.hasNext() && order.size() < limit) {
        order.add(second.next());
      }
    }
    return List.copyOf(order);
  }
}
