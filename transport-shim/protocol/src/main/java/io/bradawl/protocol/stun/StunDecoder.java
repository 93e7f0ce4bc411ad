package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads one message (RFC 8489 sections 5 and 14). */
public final class StunDecoder {

  /** More attributes than that make no sense in any usage. */
  public static final int MAX_ATTRIBUTES = 64;

  private static final int ATTRIBUTE_HEADER = 4;

  private final ByteBuffer wire;
  private final WireReader reader;
  private final List<StunAttribute> attributes = new ArrayList<>();

  private StunDecoder(ByteBuffer wire) {
    this.wire = wire;
    this.reader = WireReader.over(wire);
  }

  /**
   * Reads the message that fills what remains in {@code wire}, whose position stays where it is.
   *
   * @throws WireFormatException if it is malformed, or its FINGERPRINT wrong
   */
  public static StunMessage decode(ByteBuffer wire) throws WireFormatException {
    return new StunDecoder(wire.slice()).message();
  }

  private StunMessage message() throws WireFormatException {
    int length = StunHeader.messageLength(wire);
    if (length != wire.remaining()) {
      throw new WireFormatException(
          "message length",
          2,
          "announces " + length + " octets, " + wire.remaining() + " are there");
    }
    int type = reader.u16("message type");
    reader.skip("message length and cookie", 6);
    TransactionId transaction =
        new TransactionId(reader.i32("transaction id"), reader.i64("transaction id"));
    readAttributes(transaction);
    return new StunMessage(
        StunHeader.messageClass(type), StunHeader.method(type), transaction, attributes);
  }

  private void readAttributes(TransactionId transaction) throws WireFormatException {
    int integrity = 0;
    for (int count = 0; reader.remaining() > 0; count++) {
      if (count == MAX_ATTRIBUTES) {
        throw reader.failure("attribute", "allowed are " + MAX_ATTRIBUTES + " of them");
      }
      int start = reader.offset();
      int type = reader.u16("attribute type");
      String name = AttributeType.name(type);
      int length = reader.u16(name);
      WireReader value = reader.part(name, length);
      // RFC 8489 section 14: padding may have any value.
      reader.skip(name, -length & 3);
      if (mayFollow(integrity, type)) {
        attributes.add(attribute(type, value, transaction, start));
      }
      integrity = Math.max(integrity, rank(type));
    }
  }

  /**
   * Sections 14.5 and 14.6: behind an integrity attribute only stronger ones and FINGERPRINT count.
   */
  private static boolean mayFollow(int integrity, int type) {
    return integrity == 0 || rank(type) > integrity;
  }

  private static int rank(int type) {
    return switch (type) {
      case AttributeType.MESSAGE_INTEGRITY -> 1;
      case AttributeType.MESSAGE_INTEGRITY_SHA256 -> 2;
      case AttributeType.FINGERPRINT -> 3;
      default -> 0;
    };
  }

  private StunAttribute attribute(int type, WireReader value, TransactionId transaction, int start)
      throws WireFormatException {
    return switch (type) {
      case AttributeType.MAPPED_ADDRESS -> MappedAddress.read(value);
      case AttributeType.USERNAME -> Username.read(value);
      case AttributeType.MESSAGE_INTEGRITY ->
          MessageIntegrity.read(value, covered(start, MessageIntegrity.LENGTH));
      case AttributeType.ERROR_CODE -> ErrorCode.read(value);
      case AttributeType.UNKNOWN_ATTRIBUTES -> UnknownAttributes.read(value);
      case AttributeType.LIFETIME -> Lifetime.read(value);
      case AttributeType.MESSAGE_INTEGRITY_SHA256 ->
          MessageIntegritySha256.read(value, covered(start, MessageIntegritySha256.LENGTH));
      case AttributeType.XOR_MAPPED_ADDRESS -> XorMappedAddress.read(value, transaction);
      case AttributeType.PRIORITY -> Priority.read(value);
      case AttributeType.USE_CANDIDATE -> UseCandidate.read(value);
      case AttributeType.SOFTWARE -> Software.read(value);
      case AttributeType.FINGERPRINT -> fingerprint(value, start);
      case AttributeType.ICE_CONTROLLED -> IceControlled.read(value);
      case AttributeType.ICE_CONTROLLING -> IceControlling.read(value);
      default -> discovering(type, value, transaction);
    };
  }

  /** Those of behaviour discovery. */
  private static StunAttribute discovering(int type, WireReader value, TransactionId transaction)
      throws WireFormatException {
    return switch (type) {
      case AttributeType.CHANGE_REQUEST -> ChangeRequest.read(value);
      case AttributeType.PADDING -> Padding.read(value);
      case AttributeType.RESPONSE_PORT -> ResponsePort.read(value);
      case AttributeType.RESPONSE_ORIGIN -> ResponseOrigin.read(value);
      case AttributeType.OTHER_ADDRESS -> OtherAddress.read(value);
      default -> relaying(type, value, transaction);
    };
  }

  /** Those of TURN and of long-term credentials. */
  private static StunAttribute relaying(int type, WireReader value, TransactionId transaction)
      throws WireFormatException {
    return switch (type) {
      case AttributeType.CHANNEL_NUMBER -> ChannelNumber.read(value);
      case AttributeType.XOR_PEER_ADDRESS -> XorPeerAddress.read(value, transaction);
      case AttributeType.DATA -> Data.read(value);
      case AttributeType.REALM -> StunRealm.read(value);
      case AttributeType.NONCE -> Nonce.read(value);
      case AttributeType.XOR_RELAYED_ADDRESS -> XorRelayedAddress.read(value, transaction);
      case AttributeType.REQUESTED_ADDRESS_FAMILY -> RequestedAddressFamily.read(value);
      case AttributeType.EVEN_PORT -> EvenPort.read(value);
      case AttributeType.REQUESTED_TRANSPORT -> RequestedTransport.read(value);
      case AttributeType.DONT_FRAGMENT -> DontFragment.read(value);
      case AttributeType.PASSWORD_ALGORITHM -> PasswordAlgorithm.read(value);
      case AttributeType.USERHASH -> UserHash.read(value);
      case AttributeType.RESERVATION_TOKEN -> ReservationToken.read(value);
      case AttributeType.CONNECTION_ID -> ConnectionId.read(value);
      case AttributeType.ADDITIONAL_ADDRESS_FAMILY -> AdditionalAddressFamily.read(value);
      case AttributeType.ADDRESS_ERROR_CODE -> AddressErrorCode.read(value);
      case AttributeType.PASSWORD_ALGORITHMS -> PasswordAlgorithms.read(value);
      case AttributeType.ICMP -> Icmp.read(value);
      case AttributeType.MOBILITY_TICKET -> MobilityTicket.read(value);
      default -> new RawAttribute(type, value.rest(AttributeType.name(type), 0xFFFF));
    };
  }

  private Fingerprint fingerprint(WireReader value, int start) throws WireFormatException {
    Fingerprint fingerprint = Fingerprint.read(value);
    if (reader.remaining() > 0) {
      throw reader.failure("FINGERPRINT", "is not the last attribute");
    }
    if (fingerprint.value() != Crc.of(wire.slice(0, start))) {
      throw new WireFormatException("FINGERPRINT", start, "does not match the message");
    }
    return fingerprint;
  }

  /**
   * What stands before the attribute at {@code start}, with a length as if the message ended behind
   * it.
   */
  private Octets covered(int start, int length) {
    byte[] octets = new byte[start];
    wire.get(0, octets);
    int announced = start + ATTRIBUTE_HEADER + length - StunHeader.LENGTH;
    octets[2] = (byte) (announced >> 8);
    octets[3] = (byte) announced;
    return Octets.of(octets);
  }
}
