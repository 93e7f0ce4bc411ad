package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;

/** What travels. */
public record Packet(TransportAddress source, TransportAddress destination, Payload payload) {

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

  public sealed interface Payload {}

  public record Datagram(Octets octets) implements Payload {}

  /**
   * TCP as far as punching is concerned: numbers only where they decide what a socket does.
   *
   * @param isn the sender's initial sequence number
   * @param ack the initial sequence number of the other side that is acknowledged, or 0
   * @param index of the message in the stream ({@code DATA}), or how many messages have come in
   *     ({@code ACK})
   */
  public record Segment(Flag flag, int isn, int ack, int index, Octets octets) implements Payload {

    public static Segment of(Flag flag, int isn, int ack) {
      return new Segment(flag, isn, ack, 0, Octets.of());
    }

    public enum Flag {
      SYN,
      SYN_ACK,
      ACK,
      DATA,
      RST
    }
  }
}
