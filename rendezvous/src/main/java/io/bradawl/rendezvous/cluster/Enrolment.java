package io.bradawl.rendezvous.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalFormatException;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.directory.Registration;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One registration as Redis keeps it: the node that holds it, its order, and a REGISTER without
 * proof.
 *
 * @param alive whether the node is; otherwise it was until a moment ago
 * @param node 16 characters
 * @param order 16 digits, drawn by Redis: the greater, the newer
 */
record Enrolment(boolean alive, String node, String order, Signal.Register said) {

  private static final int NODE = 16;
  private static final int ORDER = 16;
  private static final TransactionId NONE = new TransactionId(0, 0);

  /** Reads what find.lua returns; {@code null} for what no node of this version has written. */
  static @Nullable Enrolment decode(byte[] value) {
    int start = 1 + NODE + ORDER;
    if (value.length < start) {
      return null;
    }
    try {
      Signal signal =
          SignalCodec.decode(
              StunDecoder.decode(ByteBuffer.wrap(value, start, value.length - start).slice()));
      return signal instanceof Signal.Register register
          ? new Enrolment(
              value[0] == 'A',
              new String(value, 1, NODE, US_ASCII),
              new String(value, 1 + NODE, ORDER, US_ASCII),
              register)
          : null;
    } catch (SignalFormatException | WireFormatException e) {
      return null;
    }
  }

  /** The message part of a value. */
  static byte[] message(Registration<?> registration) {
    Signal.Register said =
        new Signal.Register(
            registration.self(),
            registration.realm(),
            registration.claim(),
            registration.services());
    return octets(StunEncoder.encode(SignalCodec.encode(said, NONE)));
  }

  /** The field of a process in the hashes of its id and its name. */
  static byte[] field(PeerInstance process) {
    byte[] key = process.id().key().toByteArray();
    ByteBuffer field = ByteBuffer.allocate(key.length + Long.BYTES);
    return field.put(key).putLong(process.instance()).array();
  }

  static byte[] peerKey(PeerId peer) {
    return text("bradawl:peer:" + peer);
  }

  static byte[] nameKey(AccessKey realm, PeerName name) {
    return text("bradawl:name:" + realm.publicKey() + ":" + name);
  }

  /** The hashes that a registration belongs to. */
  static byte[][] keys(Registration<?> registration) {
    AccessKey realm = registration.realm();
    PeerName name = registration.name();
    byte[] peer = peerKey(registration.self().id());
    return realm == null || name == null
        ? new byte[][] {peer}
        : new byte[][] {peer, nameKey(realm, name)};
  }

  static byte[] text(String text) {
    return text.getBytes(US_ASCII);
  }

  static byte[] octets(ByteBuffer buffer) {
    byte[] octets = new byte[buffer.remaining()];
    buffer.duplicate().get(octets);
    return octets;
  }

  static boolean isSame(byte[] value, String text) {
    return Arrays.equals(value, text(text));
  }
}
