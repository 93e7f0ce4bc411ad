package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;

/** What travels. */
public record Packet(TransportAddress source, TransportAddress destination, Payload payload) {

  private static final int IP_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  public Packet withSource(TransportAddress other) {
    return new Packet(other, destination, payload);
  }

  public Packet withDestination(TransportAddress other) {
    return new Packet(source, other, payload);
  }

  public Packet reply(Payload answer) {
    return new Packet(destination, source, answer);
  }

  public boolean isSyn() {
    return payload instanceof Segment segment && segment.flag() == Segment.Flag.SYN;
  }

  public boolean isReset() {
    return payload instanceof Segment segment && segment.flag() == Segment.Flag.RST;
  }

  /** With all headers. */
  int octets() {
    return (source.isIpv6() ? IPV6_HEADER : IP_HEADER) + payload.length();
  }

  /** The ICMP error that tells its sender of it; nobody is told of an error. */
  Packet error(TransportAddress by, Unreachable.Reason reason) {
    Transport transport = payload instanceof Segment ? Transport.TCP : Transport.UDP;
    return new Packet(by, source, new Unreachable(transport, source, destination, reason));
  }

  public sealed interface Payload {
    /** Octets after the IP header. */
    int length();
  }

  public record Datagram(Octets octets) implements Payload {
    private static final int HEADER = 8;

    @Override
    public int length() {
      return HEADER + octets.length();
    }
  }

  /**
   * TCP as far as punching is concerned: numbers only where they decide what a socket does.
   *
   * @param isn the sender's initial sequence number
   * @param ack the initial sequence number of the other side that is acknowledged, or 0
   * @param index of the message in the stream ({@code DATA}), or how many messages have come in
   *     ({@code ACK})
   */
  public record Segment(Flag flag, int isn, int ack, int index, Octets octets) implements Payload {
    private static final int HEADER = 20;

    public static Segment of(Flag flag, int isn, int ack) {
      return new Segment(flag, isn, ack, 0, Octets.of());
    }

    @Override
    public int length() {
      return HEADER + octets.length();
    }

    public enum Flag {
      SYN,
      SYN_ACK,
      ACK,
      DATA,
      RST
    }
  }

  /**
   * An ICMP error (RFC 792).
   *
   * @param from of the packet that was not delivered
   * @param to of that packet
   */
  public record Unreachable(
      Transport transport, TransportAddress from, TransportAddress to, Reason reason)
      implements Payload {
    private static final int LENGTH = 36;

    @Override
    public int length() {
      return LENGTH;
    }

    public enum Reason {
      /** Nobody has this port. */
      PORT,
      /** A filter forbids it. */
      PROHIBITED,
      /** It does not fit, and may not be cut in pieces. */
      TOO_BIG
    }
  }
}
