package io.bradawl.protocol.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PathDescription} as octets: version, port, round trip, security, candidates, name;
 * docs/protocol.md. Only peers read it: it travels sealed.
 */
public final class PathDescriptionCodec {

  /** Octets of the largest description. */
  public static final int MAX_OCTETS =
      10 + PathDescription.MAX_CANDIDATES * 19 + NameClaims.MAX_OCTETS;

  static final int VERSION = 1;

  private static final int IPV4 = 0;
  private static final int IPV6 = 1;
  private static final long MAX_MICROS = 0xFFFF_FFFFL;
  private static final Security[] SECURITIES = Security.values();
  private static final Candidate.Kind[] KINDS = Candidate.Kind.values();

  private PathDescriptionCodec() {}

  /** Octets for {@link Signal.Offer#description} and {@link Signal.Answer#description}. */
  public static Octets encode(PathDescription description) {
    ByteBuffer wire = ByteBuffer.allocate(MAX_OCTETS);
    wire.put((byte) VERSION);
    wire.putShort((short) description.port());
    wire.putInt((int) Math.min(MAX_MICROS, description.rendezvousRtt().toNanos() / 1000));
    wire.put((byte) description.security().ordinal());
    wire.put((byte) description.candidates().size());
    description.candidates().forEach(candidate -> write(wire, candidate));
    write(wire, description.claim());
    return Octets.copyOf(wire.flip());
  }

  /**
   * Reads what another peer wrote.
   *
   * @param sender who wrote it
   * @throws WireFormatException if it is malformed, of another version, or has a candidate that no
   *     peer can be reached under
   */
  public static PathDescription decode(Octets octets, PeerId sender) throws WireFormatException {
    WireReader wire = WireReader.over(octets.asByteBuffer());
    int version = wire.u8("version");
    if (version != VERSION) {
      throw new WireFormatException("version", 0, version + ", understood is " + VERSION);
    }
    int port = port("port", wire);
    long micros = Integer.toUnsignedLong(wire.i32("rendezvous round trip"));
    Security security = security(wire);
    List<Candidate> candidates = candidates(wire);
    NameClaim claim = claim(wire, sender);
    wire.end("path description");
    return new PathDescription(port, Duration.ofNanos(micros * 1000), security, candidates, claim);
  }

  private static void write(ByteBuffer wire, Candidate candidate) {
    TransportAddress address = candidate.address();
    wire.put((byte) (candidate.kind().ordinal() << 4 | (address.isIpv6() ? IPV6 : IPV4)));
    wire.putShort((short) address.port());
    wire.put(address.ip().getAddress());
  }

  private static Security security(WireReader wire) throws WireFormatException {
    int start = wire.offset();
    int number = wire.u8("security");
    if (number >= SECURITIES.length) {
      throw new WireFormatException("security", start, number + " is unknown");
    }
    return SECURITIES[number];
  }

  private static void write(ByteBuffer wire, @Nullable NameClaim claim) {
    ByteBuffer octets = claim == null ? ByteBuffer.allocate(0) : NameClaims.encode(claim);
    wire.put((byte) octets.remaining()).put(octets);
  }

  private static @Nullable NameClaim claim(WireReader wire, PeerId sender)
      throws WireFormatException {
    int length = wire.u8("name claim");
    return length == 0
        ? null
        : NameClaims.decode("name claim", wire.part("name claim", length), sender);
  }

  private static List<Candidate> candidates(WireReader wire) throws WireFormatException {
    int start = wire.offset();
    int count = wire.u8("candidate count");
    if (count < 1 || count > PathDescription.MAX_CANDIDATES) {
      throw new WireFormatException(
          "candidate count", start, count + " is outside 1.." + PathDescription.MAX_CANDIDATES);
    }
    List<Candidate> candidates = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      candidates.add(candidate(wire));
    }
    return candidates;
  }

  private static Candidate candidate(WireReader wire) throws WireFormatException {
    int start = wire.offset();
    int head = wire.u8("candidate kind and family");
    int kind = head >> 4;
    int family = head & 15;
    if (kind >= KINDS.length || family > IPV6) {
      throw new WireFormatException(
          "candidate kind and family", start, String.format("0x%02X is unknown", head));
    }
    int port = port("candidate port", wire);
    return new Candidate(KINDS[kind], new TransportAddress(ip(wire, family), port));
  }

  private static InetAddress ip(WireReader wire, int family) throws WireFormatException {
    int start = wire.offset();
    byte[] octets = wire.octets("candidate address", family == IPV6 ? 16 : 4).toByteArray();
    try {
      InetAddress ip = InetAddress.getByAddress(octets);
      if (family == IPV6 && ip instanceof Inet4Address) {
        throw new WireFormatException("candidate address", start, "IPv4 in the form of IPv6");
      }
      if (!reachable(ip)) {
        throw new WireFormatException(
            "candidate address", start, ip.getHostAddress() + " is no address of one host");
      }
      return ip;
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 octets are address lengths", e);
    }
  }

  /**
   * The unspecified address means this very machine to most kernels, the others mean many machines.
   */
  private static boolean reachable(InetAddress ip) {
    byte[] octets = ip.getAddress();
    boolean broadcast = octets.length == 4 && (octets[0] & octets[1] & octets[2] & octets[3]) == -1;
    boolean thisNetwork = octets.length == 4 && octets[0] == 0;
    return !ip.isAnyLocalAddress() && !ip.isMulticastAddress() && !broadcast && !thisNetwork;
  }

  private static int port(String field, WireReader wire) throws WireFormatException {
    int start = wire.offset();
    int port = wire.u16(field);
    if (port == 0) {
      throw new WireFormatException(field, start, "0 is no port");
    }
    return port;
  }
}
