package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A Binding request of RFC 3489, whose transaction id has 128 bits and no magic cookie (RFC 8489
 * section 11). Its RESPONSE-ADDRESS, by which anybody could send answers anywhere, is never obeyed.
 *
 * @param transaction 16 octets
 * @param change from where the answer is wanted
 */
public record ClassicBinding(Octets transaction, ChangeRequest change) {

  private static final int REQUEST = 0x0001;
  private static final int RESPONSE = 0x0101;
  private static final int SOURCE_ADDRESS = 0x0004;
  private static final int CHANGED_ADDRESS = 0x0005;
  private static final int HEADER = 4;
  private static final ChangeRequest NO_CHANGE = new ChangeRequest(false, false);

  /**
   * Whether what remains in {@code datagram} has the shape of such a request, with no other
   * attribute than CHANGE-REQUEST.
   */
  public static boolean looksLike(ByteBuffer datagram) {
    int start = datagram.position();
    int size = datagram.remaining();
    return (size == StunHeader.LENGTH || size == StunHeader.LENGTH + HEADER + 4)
        && datagram.get(start) == 0
        && datagram.get(start + 1) == REQUEST
        && datagram.get(start + 2) == 0
        && datagram.get(start + 3) == size - StunHeader.LENGTH
        && !StunHeader.looksLikeStun(datagram);
  }

  /**
   * Reads what {@link #looksLike} such a request.
   *
   * @throws WireFormatException if its attribute is not CHANGE-REQUEST
   */
  public static ClassicBinding read(ByteBuffer datagram) throws WireFormatException {
    WireReader reader = WireReader.over(datagram);
    reader.skip("header", HEADER);
    Octets transaction = reader.octets("transaction id", 16);
    if (reader.remaining() == 0) {
      return new ClassicBinding(transaction, NO_CHANGE);
    }
    int type = reader.u16("attribute type");
    if (type != AttributeType.CHANGE_REQUEST || reader.u16("CHANGE-REQUEST") != 4) {
      throw reader.failure(AttributeType.name(type), "is not expected in a request of RFC 3489");
    }
    return new ClassicBinding(transaction, ChangeRequest.read(reader));
  }

  /**
   * The response, ready to be read.
   *
   * @param origin where it is sent from; {@code null} together with {@code other}
   * @param other the server's other address and port; {@code null} if it has none
   */
  public ByteBuffer answer(
      TransportAddress mapped,
      @Nullable TransportAddress origin,
      @Nullable TransportAddress other) {
    int length = length(mapped) + length(origin) + length(other);
    ByteBuffer wire = ByteBuffer.allocate(StunHeader.LENGTH + length);
    wire.putShort((short) RESPONSE).putShort((short) length).put(transaction.asByteBuffer());
    write(wire, AttributeType.MAPPED_ADDRESS, mapped);
    write(wire, SOURCE_ADDRESS, origin);
    write(wire, CHANGED_ADDRESS, other);
    return wire.flip();
  }

  private static int length(@Nullable TransportAddress address) {
    return address == null ? 0 : HEADER + AddressValue.length(address);
  }

  private static void write(ByteBuffer wire, int type, @Nullable TransportAddress address) {
    if (address != null) {
      wire.putShort((short) type).putShort((short) AddressValue.length(address));
      AddressValue.writePlain(wire, address);
    }
  }
}
