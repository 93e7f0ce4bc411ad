package io.bradawl.protocol.stun;

import java.nio.ByteBuffer;

/** One attribute of a {@link StunMessage} (RFC 8489 section 14). */
public sealed interface StunAttribute
    permits AdditionalAddressFamily,
        AddressErrorCode,
        ChangeRequest,
        ChannelNumber,
        ConnectionId,
        Data,
        DontFragment,
        ErrorCode,
        EvenPort,
        Fingerprint,
        IceControlled,
        IceControlling,
        Icmp,
        Lifetime,
        MappedAddress,
        MessageIntegrity,
        MessageIntegritySha256,
        MobilityTicket,
        OtherAddress,
        Padding,
        PasswordAlgorithm,
        PasswordAlgorithms,
        Priority,
        RawAttribute,
        RequestedAddressFamily,
        RequestedTransport,
        ReservationToken,
        ResponseOrigin,
        ResponsePort,
        TextAttribute,
        UnknownAttributes,
        UseCandidate,
        UserHash,
        XorMappedAddress,
        XorPeerAddress,
        XorRelayedAddress {

  /** 16 bits, see {@link AttributeType}. */
  int type();

  /** Octets of the value, without padding. */
  int valueLength();

  /**
   * Writes {@link #valueLength} octets.
   *
   * @param target in network order
   * @param transaction of the message, by which some values are masked
   */
  void writeValue(ByteBuffer target, TransactionId transaction);
}
