package io.bradawl.it.lab.userspace;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.nat.Header;
import io.bradawl.protocol.sim.nat.NatBehaviour.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An IPv4 packet (RFC 791) with TCP or UDP in it, whose addresses can be changed in place. */
final class Ipv4Packet {

  static final int TCP = 6;
  static final int UDP = 17;
  private static final int HEADER_CHECKSUM = 10;
  static final int SOURCE = 12;
  static final int DESTINATION = 16;
  private static final int TCP_FLAGS = 13;
  private static final int FIN_OR_SYN_OR_ACK = 0x13;
  private static final int SYN = 0x02;
  private static final int RST = 0x04;
  private static final byte UNREACHABLE = 3;
  private static final byte NO_SUCH_PORT = 3;
  private static final byte PROHIBITED = 13;

  private final ByteBuffer octets;
  private final int payload;
  private final Transport transport;

  private Ipv4Packet(ByteBuffer octets, int payload, Transport transport) {
    this.octets = octets;
    this.payload = payload;
    this.transport = transport;
  }

  /** {@code null} if it is anything else, or a fragment. */
  static @Nullable Ipv4Packet of(ByteBuffer octets) {
    boolean whole = octets.limit() >= 40 || octets.limit() >= 28 && octets.get(9) == UDP;
    if (!whole || octets.get(0) >> 4 != 4 || (octets.getShort(6) & 0x3FFF) != 0) {
      return null;
    }
    int payload = (octets.get(0) & 0xF) * 4;
    return switch (octets.get(9)) {
      case TCP -> new Ipv4Packet(octets, payload, Transport.TCP);
      case UDP -> new Ipv4Packet(octets, payload, Transport.UDP);
      default -> null;
    };
  }

  ByteBuffer octets() {
    return octets;
  }

  Header header() {
    return new Header(
        transport,
        address(octets, SOURCE, payload),
        address(octets, DESTINATION, payload + 2),
        sign());
  }

  private Header.Sign sign() {
    int flags = transport == Transport.TCP ? octets.get(payload + TCP_FLAGS) : 0;
    if ((flags & RST) != 0) {
      return Header.Sign.RST;
    }
    return (flags & FIN_OR_SYN_OR_ACK) == SYN ? Header.Sign.SYN : Header.Sign.NONE;
  }

  /** Gives it other addresses and mends the checksums (RFC 1624). */
  void readdress(Header header) {
    int before = Checksum.sum(octets, SOURCE, 8) + Checksum.sum(octets, payload, 4);
    put(octets, SOURCE, payload, header.source());
    put(octets, DESTINATION, payload + 2, header.destination());
    int after = Checksum.sum(octets, SOURCE, 8) + Checksum.sum(octets, payload, 4);
    int at = payload + (transport == Transport.TCP ? 16 : 6);
    if (transport == Transport.TCP || octets.getShort(at) != 0) {
      octets.putShort(at, Checksum.updated(octets.getShort(at), before, after));
    }
    sealHeader(octets);
  }

  /** What a NAT that refuses it in this way answers; {@code null} if nothing. */
  @Nullable ByteBuffer refusal(Refusal how) {
    Header.Sign sign = header().sign();
    if (how == Refusal.RST && sign == Header.Sign.SYN) {
      return reset();
    }
    boolean datagram = transport == Transport.UDP;
    if (how == Refusal.ICMP && (datagram || sign == Header.Sign.SYN)) {
      return unreachable(PROHIBITED);
    }
    return how == Refusal.RST && datagram ? unreachable(NO_SUCH_PORT) : null;
  }

  /** What a host would answer to a SYN for a port where nobody listens (RFC 9293 3.5.2). */
  private ByteBuffer reset() {
    ByteBuffer reset = ByteBuffer.allocateDirect(40);
    reset.put(0, (byte) 0x45).putShort(2, (short) 40).put(8, (byte) 64).put(9, (byte) TCP);
    Header header = header();
    put(reset, SOURCE, 20, header.destination());
    put(reset, DESTINATION, 22, header.source());
    reset.putInt(28, octets.getInt(payload + 4) + 1);
    reset.putShort(32, (short) (0x5000 | 0x10 | RST));
    int pseudo = Checksum.sum(reset, SOURCE, 8) + TCP + 20;
    reset.putShort(36, (short) ~Checksum.folded(pseudo + Checksum.sum(reset, 20, 20)));
    sealHeader(reset);
    return reset;
  }

  /** ICMP "destination unreachable" for it (RFC 792), from its destination. */
  private ByteBuffer unreachable(byte code) {
    int quoted = payload + 8;
    ByteBuffer error = ByteBuffer.allocateDirect(28 + quoted);
    error.put(0, (byte) 0x45).putShort(2, (short) error.limit()).put(8, (byte) 64).put(9, (byte) 1);
    error.putInt(SOURCE, octets.getInt(DESTINATION)).putInt(DESTINATION, octets.getInt(SOURCE));
    error.put(20, UNREACHABLE).put(21, code);
    for (int i = 0; i < quoted; i++) {
      error.put(28 + i, octets.get(i));
    }
    error.putShort(22, (short) ~Checksum.folded(Checksum.sum(error, 20, error.limit() - 20)));
    sealHeader(error);
    return error;
  }

  private static void sealHeader(ByteBuffer packet) {
    sealHeader(packet, 0);
  }

  /** Mends the checksum of the IP header that begins there. */
  static void sealHeader(ByteBuffer packet, int at) {
    packet.putShort(at + HEADER_CHECKSUM, (short) 0);
    int length = (packet.get(at) & 0xF) * 4;
    short checksum = (short) ~Checksum.folded(Checksum.sum(packet, at, length));
    packet.putShort(at + HEADER_CHECKSUM, checksum);
  }

  static TransportAddress address(ByteBuffer octets, int ipAt, int portAt) {
    byte[] ip = new byte[4];
    octets.get(ipAt, ip);
    try {
      return new TransportAddress(InetAddress.getByAddress(ip), octets.getShort(portAt) & 0xFFFF);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  static void put(ByteBuffer octets, int ipAt, int portAt, TransportAddress address) {
    octets.put(ipAt, address.ip().getAddress());
    octets.putShort(portAt, (short) address.port());
  }
}
