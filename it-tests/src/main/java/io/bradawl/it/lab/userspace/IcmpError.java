package io.bradawl.it.lab.userspace;

import static io.bradawl.it.lab.userspace.Ipv4Packet.DESTINATION;
import static io.bradawl.it.lab.userspace.Ipv4Packet.SOURCE;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.nat.Nat;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An ICMP error "destination unreachable" (RFC 792) with the beginning of the packet that it is
 * about; a NAT translates both (RFC 5508 section 4.2).
 */
final class IcmpError {

  private static final int ICMP = 1;
  private static final int UNREACHABLE = 3;
  private static final int ICMP_HEADER = 8;
  private static final int LEAST = 20 + ICMP_HEADER + 20 + 8;

  private final ByteBuffer octets;
  private final int icmp;
  private final int quoted;
  private final int ports;

  private IcmpError(ByteBuffer octets) {
    this.octets = octets;
    icmp = (octets.get(0) & 0xF) * 4;
    quoted = icmp + ICMP_HEADER;
    ports = quoted + (octets.get(quoted) & 0xF) * 4;
  }

  /** {@code null} if it is anything else. */
  static @Nullable IcmpError of(ByteBuffer octets) {
    if (octets.limit() < LEAST || octets.get(0) >> 4 != 4 || octets.get(9) != ICMP) {
      return null;
    }
    if (octets.limit() < (octets.get(0) & 0xF) * 4 + ICMP_HEADER + 20) {
      return null;
    }
    IcmpError error = new IcmpError(octets);
    int protocol = octets.get(error.quoted + 9);
    boolean known = protocol == Ipv4Packet.TCP || protocol == Ipv4Packet.UDP;
    boolean whole = octets.limit() >= error.ports + 8;
    return known && whole && octets.get(error.icmp) == UNREACHABLE ? error : null;
  }

  ByteBuffer octets() {
    return octets;
  }

  InetAddress sender() {
    return Ipv4Packet.address(octets, SOURCE, ports).ip();
  }

  /** Translates it as one from outside; says whether it may go on. */
  boolean enter(@Nullable Nat nat) {
    if (nat == null) {
      return true;
    }
    TransportAddress host;
    synchronized (nat) {
      host = nat.enterError(transport(), from(), to(), System.nanoTime());
    }
    if (host != null) {
      Ipv4Packet.put(octets, quoted + SOURCE, ports, host);
      octets.put(DESTINATION, host.ip().getAddress());
      seal();
    }
    return host != null;
  }

  /** Translates it as one from inside; says whether it may go on. */
  boolean leave(@Nullable Nat nat) {
    if (nat == null) {
      return true;
    }
    TransportAddress seen;
    synchronized (nat) {
      seen = nat.leaveError(transport(), to(), from(), System.nanoTime());
    }
    if (seen != null) {
      Ipv4Packet.put(octets, quoted + DESTINATION, ports + 2, seen);
      octets.put(SOURCE, seen.ip().getAddress());
      seal();
    }
    return seen != null;
  }

  private Transport transport() {
    return octets.get(quoted + 9) == Ipv4Packet.TCP ? Transport.TCP : Transport.UDP;
  }

  private TransportAddress from() {
    return Ipv4Packet.address(octets, quoted + SOURCE, ports);
  }

  private TransportAddress to() {
    return Ipv4Packet.address(octets, quoted + DESTINATION, ports + 2);
  }

  private void seal() {
    Ipv4Packet.sealHeader(octets, quoted);
    octets.putShort(icmp + 2, (short) 0);
    int sum = Checksum.sum(octets, icmp, octets.limit() - icmp);
    octets.putShort(icmp + 2, (short) ~Checksum.folded(sum));
    Ipv4Packet.sealHeader(octets, 0);
  }
}
