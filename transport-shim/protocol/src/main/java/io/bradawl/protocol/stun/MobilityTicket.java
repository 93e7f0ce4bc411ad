package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * MOBILITY-TICKET, RFC 8016 section 3.2.
 *
 * @param ticket opaque to the client; empty to ask for one; at most {@value #MAX_OCTETS} octets
 */
public record MobilityTicket(Octets ticket) implements StunAttribute {

  public static final int MAX_OCTETS = 256;

  static MobilityTicket read(WireReader value) throws WireFormatException {
    return new MobilityTicket(value.rest("MOBILITY-TICKET", MAX_OCTETS));
  }

  @Override
  public int type() {
    return AttributeType.MOBILITY_TICKET;
  }

  @Override
  public int valueLength() {
    return ticket.length();
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.put(ticket.asByteBuffer());
  }
}
