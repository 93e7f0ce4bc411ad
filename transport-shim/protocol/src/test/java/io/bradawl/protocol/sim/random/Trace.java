package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.sim.Packet;
import io.bradawl.protocol.sim.Packet.Datagram;
import io.bradawl.protocol.sim.Packet.Segment;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.UseCandidate;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;

/** Packets in words. */
final class Trace {

  private Trace() {}

  static String line(Duration time, Packet packet) {
    return String.format(
        Locale.ROOT,
        "%10.3f ms  %-21s -> %-21s  %s",
        time.toNanos() / 1e6,
        packet.source(),
        packet.destination(),
        payload(packet.payload()));
  }

  private static String payload(Packet.Payload payload) {
    if (payload instanceof Datagram datagram) {
      return octets(datagram.octets());
    }
    if (payload instanceof Segment segment) {
      String octets = segment.octets().length() == 0 ? "" : " " + octets(segment.octets());
      return String.format(
          Locale.ROOT, "%s %08x/%08x%s", segment.flag(), segment.isn(), segment.ack(), octets);
    }
    return payload.toString();
  }

  private static String octets(Octets octets) {
    if (AppData.is(octets)) {
      return AppData.read(octets).toString();
    }
    ByteBuffer message = octets.asByteBuffer();
    if (!StunHeader.looksLikeStun(message)) {
      return octets.length() + " octets";
    }
    try {
      StunMessage stun = StunDecoder.decode(message);
      String nominates = stun.has(UseCandidate.class) ? " nominating" : "";
      return stun.messageClass() + nominates + " " + stun.transaction();
    } catch (WireFormatException e) {
      return octets.length() + " octets";
    }
  }
}
