package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.stun.AdditionalAddressFamily;
import io.bradawl.protocol.stun.AddressFamily;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.EvenPort;
import io.bradawl.protocol.stun.RequestedAddressFamily;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.stun.StunMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks of RFC 8656 section 7.2 that need nothing but the request. */
final class WishReader {

  private WishReader() {}

  static <C> Wish<C> read(TurnInput.Request<C> request) throws Refused {
    StunMessage message = request.message();
    Transport transport = transport(message, request.over());
    EvenPort even = message.first(EvenPort.class);
    ReservationToken token = message.first(ReservationToken.class);
    RequestedAddressFamily requested = message.first(RequestedAddressFamily.class);
    AdditionalAddressFamily additional = message.first(AdditionalAddressFamily.class);
    boolean reserve = even != null && even.reserveNext();
    require(
        token == null || even == null && requested == null && additional == null,
        "RESERVATION-TOKEN excludes EVEN-PORT and address families");
    require(
        requested == null || additional == null,
        "REQUESTED-ADDRESS-FAMILY excludes ADDITIONAL-ADDRESS-FAMILY");
    require(
        additional == null || additional.family() == AddressFamily.IPV6 && !reserve,
        "ADDITIONAL-ADDRESS-FAMILY is IPv6 and reserves no port");
    require(
        transport == Transport.UDP || even == null && token == null && additional == null,
        "TCP has no EVEN-PORT, RESERVATION-TOKEN or ADDITIONAL-ADDRESS-FAMILY");
    List<Integer> families =
        additional != null
            ? List.of(AddressFamily.IPV4, AddressFamily.IPV6)
            : List.of(family(requested));
    return new Wish<>(request, transport, families, even != null, reserve, token);
  }

  /** RFC 6062 section 5.1: relayed TCP needs a stream to the client. */
  private static Transport transport(StunMessage message, Transport over) throws Refused {
    RequestedTransport requested = message.first(RequestedTransport.class);
    require(requested != null, "REQUESTED-TRANSPORT is missing");
    if (RequestedTransport.UDP.equals(requested)) {
      return Transport.UDP;
    }
    if (!RequestedTransport.TCP.equals(requested)) {
      throw new Refused(ErrorCode.UNSUPPORTED_TRANSPORT_PROTOCOL, "neither UDP nor TCP");
    }
    require(over == Transport.TCP, "ask for TCP over TCP or TLS");
    return Transport.TCP;
  }

  private static int family(@Nullable RequestedAddressFamily requested) throws Refused {
    if (requested == null) {
      return AddressFamily.IPV4;
    }
    int family = requested.family();
    if (family != AddressFamily.IPV4 && family != AddressFamily.IPV6) {
      throw new Refused(ErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED, "family " + family);
    }
    return family;
  }

  private static void require(boolean holds, String otherwise) throws Refused {
    if (!holds) {
      throw new Refused(ErrorCode.BAD_REQUEST, otherwise);
    }
  }
}
