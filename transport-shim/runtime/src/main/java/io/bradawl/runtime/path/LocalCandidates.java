package io.bradawl.runtime.path;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.signal.PathDescription;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a socket of this host can be reached at. */
public final class LocalCandidates {

  /** Leaves room in an offer for what servers see. */
  private static final int MAX_HOSTS = PathDescription.MAX_CANDIDATES - 8;

  private LocalCandidates() {}

  /**
   * The addresses of the interfaces that are up, or the one the socket is bound to, then what the
   * rendezvous sees. Link-local addresses do not count, since their zone means nothing to another
   * host (RFC 8445 section 5.1.1.1). Loopback counts only where it leads to peers: if the
   * rendezvous is reached over it, or this host has no other address.
   *
   * @param ipv6 whether the socket can use IPv6
   * @param mapped what the rendezvous sees; {@code null} if it was not to be learned
   */
  public static List<Candidate> of(
      InetAddress bound, int port, boolean ipv6, @Nullable TransportAddress mapped) {
    return of(bound, port, ipv6, mapped, List.of());
  }

  /**
   * As above, and at the end the relayed addresses.
   *
   * @param relayed what a TURN server relays to the socket
   */
  public static List<Candidate> of(
      InetAddress bound,
      int port,
      boolean ipv6,
      @Nullable TransportAddress mapped,
      List<TransportAddress> relayed) {
    Map<TransportAddress, Candidate> found = new LinkedHashMap<>();
    boolean loopback = mapped != null && mapped.ip().isLoopbackAddress();
    for (InetAddress ip : bound.isAnyLocalAddress() ? ofHost(ipv6, loopback) : List.of(bound)) {
      boolean reachable = !ip.isLinkLocalAddress() && (loopback || !bound.isLoopbackAddress());
      if (reachable && found.size() < MAX_HOSTS) {
        TransportAddress address = new TransportAddress(ip, port);
        found.put(address, new Candidate(Candidate.Kind.HOST, address));
      }
    }
    if (mapped != null) {
      found.putIfAbsent(mapped, new Candidate(Candidate.Kind.SERVER_REFLEXIVE, mapped));
    }
    for (TransportAddress address : relayed) {
      found.putIfAbsent(address, new Candidate(Candidate.Kind.RELAYED, address));
    }
    return List.copyOf(found.values());
  }

  /**
   * Whether this host can send to one of these: there is no way from an address of one IP version
   * to one of the other.
   */
  public static boolean canReachAnyOf(List<Candidate> theirs) {
    List<InetAddress> own = up();
    return theirs.stream()
        .anyMatch(candidate -> own.isEmpty() || canReach(candidate.address(), own));
  }

  /** As above, of those that are relayed addresses. */
  public static boolean canReachRelayOf(List<Candidate> theirs) {
    return canReachAnyOf(
        theirs.stream().filter(candidate -> candidate.kind() == Candidate.Kind.RELAYED).toList());
  }

  private static boolean canReach(TransportAddress address, List<InetAddress> own) {
    return own.stream()
        .filter(ip -> !ip.isLinkLocalAddress())
        .filter(ip -> address.ip().isLoopbackAddress() || !ip.isLoopbackAddress())
        .anyMatch(ip -> ip instanceof Inet6Address == address.isIpv6());
  }

  private static List<InetAddress> ofHost(boolean ipv6, boolean withLoopback) {
    List<InetAddress> outer = new ArrayList<>();
    List<InetAddress> loopback = new ArrayList<>();
    for (InetAddress ip : up()) {
      if (ipv6 || !(ip instanceof Inet6Address)) {
        (ip.isLoopbackAddress() ? loopback : outer).add(ip);
      }
    }
    if (withLoopback || outer.isEmpty()) {
      outer.addAll(loopback);
    }
    return outer;
  }

  private static List<InetAddress> up() {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp()) {
          each.inetAddresses().forEach(found::add);
        }
      }
    } catch (SocketException e) {
      found.clear(); // no interface can be listed: what the rendezvous sees must do
    }
    return found;
  }
}
