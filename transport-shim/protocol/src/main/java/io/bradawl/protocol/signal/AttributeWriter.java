package io.bradawl.protocol.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.stun.RawAttribute;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.turn.RelayGrant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one signal. The inverse of {@link AttributeReader}, method by method.
 */
final class AttributeWriter {

  static final int VERSION = 1;
  static final int SERVICE_OCTETS = 4;
  static final int PATHS_OCTETS = 4;
  static final int BY_ID = 1;
  static final int BY_NAME = 2;

  private static final Comparator<Service> ORDER =
      Comparator.comparing(Service::transport).thenComparing(Service::port);

  private static final int PATH_SORTS = Transport.values().length * Candidate.Kind.values().length;

  private final List<StunAttribute> attributes = new ArrayList<>();

  List<StunAttribute> attributes() {
    return attributes;
  }

  AttributeWriter plain(StunAttribute attribute) {
    attributes.add(attribute);
    return this;
  }

  AttributeWriter version() {
    return put(SignalAttribute.VERSION, ByteBuffer.allocate(4).put(0, (byte) VERSION));
  }

  AttributeWriter instance(int type, PeerInstance instance) {
    ByteBuffer value = ByteBuffer.allocate(PeerId.LENGTH + Long.BYTES);
    return put(
        type, value.put(instance.id().key().asByteBuffer()).putLong(instance.instance()).flip());
  }

  AttributeWriter peer(PeerRef peer) {
    boolean byId = peer instanceof PeerId;
    byte[] form = peer instanceof PeerId id ? id.key().toByteArray() : ascii(peer.label());
    ByteBuffer value = ByteBuffer.allocate(1 + form.length);
    return put(SignalAttribute.PEER, value.put((byte) (byId ? BY_ID : BY_NAME)).put(form).flip());
  }

  AttributeWriter claim(@Nullable NameClaim claim) {
    return claim == null ? this : put(SignalAttribute.NAME_CLAIM, NameClaims.encode(claim));
  }

  AttributeWriter accessKey(@Nullable AccessKey key) {
    return key == null ? this : put(SignalAttribute.ACCESS_KEY, key.publicKey().asByteBuffer());
  }

  AttributeWriter proof(@Nullable Octets proof) {
    return proof == null ? this : put(SignalAttribute.PROOF, proof.asByteBuffer());
  }

  AttributeWriter challenge(AccessChallenge challenge) {
    ByteBuffer value =
        ByteBuffer.allocate(challenge.nonce().length() + challenge.ephemeral().length());
    value.put(challenge.nonce().asByteBuffer()).put(challenge.ephemeral().asByteBuffer());
    return put(SignalAttribute.CHALLENGE, value.flip());
  }

  AttributeWriter relay(@Nullable RelayGrant grant) {
    return grant == null ? this : put(SignalAttribute.RELAY, RelayGrants.encode(grant));
  }

  /** In the order of the enums, so that the same counts have the same octets. */
  AttributeWriter paths(PathCounts paths) {
    ByteBuffer value = ByteBuffer.allocate(PATHS_OCTETS * PATH_SORTS);
    for (Transport transport : Transport.values()) {
      for (Candidate.Kind kind : Candidate.Kind.values()) {
        int count = Math.min(paths.of(transport, kind), 0xFFFF);
        if (count > 0) {
          value.put((byte) protocol(transport)).put((byte) kind.ordinal()).putShort((short) count);
        }
      }
    }
    return value.position() == 0 ? this : put(SignalAttribute.PATH_COUNTS, value.flip());
  }

  AttributeWriter service(Service service) {
    return services(SignalAttribute.SERVICE, List.of(service));
  }

  /** Sorted, so that the same registration has the same octets. */
  AttributeWriter services(Collection<Service> services) {
    if (services.size() > SignalCodec.MAX_SERVICES) {
      throw new IllegalArgumentException(
          services.size() + " services, a registration holds at most " + SignalCodec.MAX_SERVICES);
    }
    return services(SignalAttribute.SERVICES, services.stream().sorted(ORDER).toList());
  }

  AttributeWriter session(SessionId session) {
    ByteBuffer value = ByteBuffer.allocate(2 * Long.BYTES);
    return put(
        SignalAttribute.SESSION, value.putLong(session.high()).putLong(session.low()).flip());
  }

  AttributeWriter description(Octets description) {
    if (description.length() > SignalCodec.MAX_DESCRIPTION) {
      throw new IllegalArgumentException(
          "description of "
              + description.length()
              + " octets, allowed are "
              + SignalCodec.MAX_DESCRIPTION);
    }
    return put(SignalAttribute.DESCRIPTION, description.asByteBuffer());
  }

  private AttributeWriter services(int type, List<Service> services) {
    ByteBuffer value = ByteBuffer.allocate(SERVICE_OCTETS * services.size());
    services.forEach(
        service ->
            value
                .putShort((short) (protocol(service.transport()) << 8))
                .putShort((short) service.port()));
    return put(type, value.flip());
  }

  /** The IANA protocol number, as REQUESTED-TRANSPORT has it (RFC 8656 section 18.7). */
  private static int protocol(Transport transport) {
    return transport == Transport.TCP ? SignalCodec.PROTOCOL_TCP : SignalCodec.PROTOCOL_UDP;
  }

  private AttributeWriter put(int type, ByteBuffer value) {
    return plain(new RawAttribute(type, Octets.copyOf(value)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
