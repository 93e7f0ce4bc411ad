package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.stun.AdditionalAddressFamily;
import io.bradawl.protocol.stun.AddressFamily;
import io.bradawl.protocol.stun.RequestedAddressFamily;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunAttribute;
import java.util.ArrayList;
import java.util.List;

/**
 * What to ask for (RFC 8656 section 7.1, RFC 6062 section 4.1).
 *
 * @param relayed how the server is to talk to the peers; {@code TCP} takes a reliable {@code over}
 * @param families of which families the relayed addresses shall be
 * @param reliable whether the server is reached over TCP or TLS, where nothing is sent twice
 */
public record AllocationRequest(Transport relayed, Families families, boolean reliable) {

  /** Address families of the relayed address or addresses. */
  public enum Families {
    /**
     * What the server gives without being asked: IPv4 (RFC 8656 section 7.2), and IPv6 of one that
     * has no IPv4.
     */
    DEFAULT,
    IPV4,
    IPV6,
    /** One of each; if the server has one family only, that one. Not for TCP. */
    BOTH
  }

  public AllocationRequest {
    if (relayed == Transport.TCP && !reliable) {
      throw new IllegalArgumentException("a TCP allocation is only to be had over TCP or TLS");
    }
    if (relayed == Transport.TCP && families == Families.BOTH) {
      throw new IllegalArgumentException("a TCP allocation has one address family only");
    }
  }

  boolean isDefault() {
    return families == Families.DEFAULT;
  }

  AllocationRequest ofIpv6() {
    return new AllocationRequest(relayed, Families.IPV6, reliable);
  }

  StunAttribute[] attributes() {
    List<StunAttribute> attributes = new ArrayList<>();
    attributes.add(relayed == Transport.TCP ? RequestedTransport.TCP : RequestedTransport.UDP);
    switch (families) {
      case DEFAULT -> {}
      case IPV4 -> attributes.add(new RequestedAddressFamily(AddressFamily.IPV4));
      case IPV6 -> attributes.add(new RequestedAddressFamily(AddressFamily.IPV6));
      case BOTH -> attributes.add(new AdditionalAddressFamily(AddressFamily.IPV6));
    }
    return attributes.toArray(StunAttribute[]::new);
  }
}
