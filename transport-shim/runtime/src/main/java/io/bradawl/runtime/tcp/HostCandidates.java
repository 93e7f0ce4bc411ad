package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a punch port can be reached at. */
final class HostCandidates {

  /** More interfaces than that do not fit an offer together with what servers see. */
  private static final int MAX_HOSTS = 24;

  private HostCandidates() {}

  /**
   * The addresses of a punch port: what the rendezvous sees, then those of the interfaces that are
   * up, or the one it is bound to. Link-local addresses do not count (their zone means nothing to
   * another host, RFC 8445 section 5.1.1.1); loopback only for a port that reaches its rendezvous
   * over loopback, where all peers are on this machine.
   *
   * @param mapped what the rendezvous sees; {@code null} if it was not to be learned
   */
  static List<Candidate> of(InetAddress bound, int port, @Nullable TransportAddress mapped) {
    Map<TransportAddress, Candidate> found = new LinkedHashMap<>();
    boolean loopback = mapped != null && mapped.ip().isLoopbackAddress();
    for (InetAddress ip : bound.isAnyLocalAddress() ? up() : List.of(bound)) {
      if (!ip.isLinkLocalAddress() && (loopback || !ip.isLoopbackAddress())) {
        if (found.size() < MAX_HOSTS) {
          TransportAddress address = new TransportAddress(ip, port);
          found.put(address, new Candidate(Candidate.Kind.HOST, address));
        }
      }
    }
    if (mapped != null) {
      found.putIfAbsent(mapped, new Candidate(Candidate.Kind.SERVER_REFLEXIVE, mapped));
    }
    return List.copyOf(found.values());
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
      found.clear(); // what the rendezvous sees must do
    }
    return found;
  }
}
