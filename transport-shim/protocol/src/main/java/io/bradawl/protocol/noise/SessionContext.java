package io.bradawl.protocol.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.signal.SessionId;
import java.nio.ByteBuffer;

/**
 * What the rendezvous sees of an offer and its answer. Both peers mix it into the handshake, so a
 * message that is moved to another session, service or peer does not open.
 *
 * @param offerer as the offer names its sender; that it is true is what opening the offer shows
 */
public record SessionContext(SessionId session, Service service, PeerId offerer, PeerId answerer) {

  private static final byte[] LABEL = "bradawl session".getBytes(US_ASCII);
  private static final int LENGTH =
      LABEL.length + Header.LENGTH + 2 * Long.BYTES + Byte.BYTES + Short.BYTES + 2 * PeerId.LENGTH;

  byte[] prologue(Header header) {
    return ByteBuffer.allocate(LENGTH)
        .put(LABEL)
        .put(header.encode())
        .putLong(session.high())
        .putLong(session.low())
        .put((byte) service.transport().label().charAt(0))
        .putShort((short) service.port())
        .put(offerer.key().asByteBuffer())
        .put(answerer.key().asByteBuffer())
        .array();
  }
}
