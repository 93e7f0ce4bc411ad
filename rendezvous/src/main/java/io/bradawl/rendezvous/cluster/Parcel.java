package io.bradawl.rendezvous.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalFormatException;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one node tells another about a process that is, or was, registered there. */
sealed interface Parcel {

  PeerInstance to();

  /** Deliver this. */
  record Carried(PeerInstance to, Signal.Indication indication) implements Parcel {}

  /**
   * It has registered at another node.
   *
   * @param order of the new registration
   */
  record Moved(PeerInstance to, String order) implements Parcel {}

  /** First octet of a parcel, behind which the process is named. */
  byte CARRIED = 'S';

  byte MOVED = 'M';

  int HEADER = 1 + PeerId.LENGTH + Long.BYTES;

  static byte[] encode(PeerInstance to, Signal.Indication indication) {
    ByteBuffer message =
        StunEncoder.encode(SignalCodec.encode(indication, new TransactionId(0, 0)));
    return header(CARRIED, to, message.remaining()).put(message).array();
  }

  static byte[] moved(PeerInstance who, byte[] order) {
    return header(MOVED, who, order.length).put(order).array();
  }

  /** Reads a parcel; {@code null} for what no node of this version has sent. */
  static @Nullable Parcel decode(byte[] octets) {
    if (octets.length < HEADER) {
      return null;
    }
    ByteBuffer parcel = ByteBuffer.wrap(octets);
    byte kind = parcel.get();
    PeerId id = new PeerId(Octets.of(Arrays.copyOfRange(octets, 1, 1 + PeerId.LENGTH)));
    PeerInstance to = new PeerInstance(id, parcel.getLong(1 + PeerId.LENGTH));
    ByteBuffer rest = parcel.position(HEADER).slice();
    if (kind == MOVED) {
      return new Moved(to, new String(Enrolment.octets(rest), US_ASCII));
    }
    return kind == CARRIED ? carried(to, rest) : null;
  }

  private static @Nullable Parcel carried(PeerInstance to, ByteBuffer message) {
    try {
      return SignalCodec.decode(StunDecoder.decode(message)) instanceof Signal.Indication indication
          ? new Carried(to, indication)
          : null;
    } catch (SignalFormatException | WireFormatException e) {
      return null;
    }
  }

  private static ByteBuffer header(byte kind, PeerInstance to, int more) {
    return ByteBuffer.allocate(HEADER + more)
        .put(kind)
        .put(to.id().key().asByteBuffer())
        .putLong(to.instance());
  }
}
