package io.bradawl.protocol.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.AccessProof;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.RawAttribute;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Picks the attributes of one signal. Offsets in its errors count from the start of the attribute's
 * value.
 */
final class AttributeReader {

  private static final Candidate.Kind[] KINDS = Candidate.Kind.values();

  private final StunMessage message;

  AttributeReader(StunMessage message) {
    this.message = message;
  }

  void requireVersion() throws SignalFormatException, WireFormatException {
    int version = required(SignalAttribute.VERSION).u8("VERSION");
    if (version != AttributeWriter.VERSION) {
      throw new SignalFormatException(
          Reason.UNSUPPORTED_VERSION,
          "signalling version " + version + ", understood is " + AttributeWriter.VERSION);
    }
  }

  PeerInstance instance(int type) throws SignalFormatException, WireFormatException {
    String name = SignalAttribute.name(type);
    WireReader value = required(type);
    value.exactly(name, PeerId.LENGTH + Long.BYTES);
    return new PeerInstance(id(name, value), value.i64(name));
  }

  PeerRef peer() throws SignalFormatException, WireFormatException {
    WireReader value = required(SignalAttribute.PEER);
    int form = value.u8("PEER");
    if (form == AttributeWriter.BY_ID) {
      value.exactly("PEER", PeerId.LENGTH);
      return id("PEER", value);
    }
    if (form == AttributeWriter.BY_NAME) {
      return NameClaims.name("PEER", value);
    }
    throw value.failure("PEER", "form " + form + " is neither 1 (id) nor 2 (name)");
  }

  @Nullable NameClaim claim(PeerId of) throws WireFormatException {
    RawAttribute raw = message.firstRaw(SignalAttribute.NAME_CLAIM);
    return raw == null ? null : NameClaims.decode("NAME-CLAIM", over(raw), of);
  }

  @Nullable AccessKey accessKey() throws WireFormatException {
    Octets key = exact(SignalAttribute.ACCESS_KEY, X25519KeyPair.LENGTH);
    return key == null ? null : new AccessKey(key);
  }

  @Nullable Octets proof() throws WireFormatException {
    return exact(SignalAttribute.PROOF, AccessProof.LENGTH);
  }

  @Nullable AccessChallenge challenge() throws WireFormatException {
    RawAttribute raw = message.firstRaw(SignalAttribute.CHALLENGE);
    if (raw == null) {
      return null;
    }
    WireReader value = over(raw);
    value.exactly("CHALLENGE", AccessChallenge.NONCE_LENGTH + X25519KeyPair.LENGTH);
    return new AccessChallenge(
        value.octets("CHALLENGE", AccessChallenge.NONCE_LENGTH),
        value.octets("CHALLENGE", X25519KeyPair.LENGTH));
  }

  @Nullable RelayGrant relay() throws WireFormatException {
    RawAttribute raw = message.firstRaw(SignalAttribute.RELAY);
    return raw == null ? null : RelayGrants.decode(over(raw));
  }

  /** Sorts of paths that are unknown here are left out. */
  PathCounts paths() throws WireFormatException {
    RawAttribute raw = message.firstRaw(SignalAttribute.PATH_COUNTS);
    if (raw == null) {
      return PathCounts.NONE;
    }
    WireReader value = over(raw);
    Map<Transport, Map<Candidate.Kind, Integer>> counts = new EnumMap<>(Transport.class);
    while (value.remaining() > 0) {
      int protocol = value.u8("PATH-COUNTS");
      int kind = value.u8("PATH-COUNTS");
      int count = value.u16("PATH-COUNTS");
      Transport transport = transport(protocol);
      if (transport != null && kind < KINDS.length) {
        counts
            .computeIfAbsent(transport, t -> new EnumMap<>(Candidate.Kind.class))
            .put(KINDS[kind], count);
      }
    }
    return new PathCounts(counts);
  }

  Service service() throws SignalFormatException, WireFormatException {
    WireReader value = required(SignalAttribute.SERVICE);
    value.exactly("SERVICE", AttributeWriter.SERVICE_OCTETS);
    return service("SERVICE", value);
  }

  @Nullable Service optionalService() throws SignalFormatException, WireFormatException {
    return message.firstRaw(SignalAttribute.SERVICE) == null ? null : service();
  }

  Set<Service> services() throws SignalFormatException, WireFormatException {
    WireReader value = required(SignalAttribute.SERVICES);
    if (value.remaining() > SignalCodec.MAX_SERVICES * AttributeWriter.SERVICE_OCTETS) {
      throw value.failure("SERVICES", "more than " + SignalCodec.MAX_SERVICES + " of them");
    }
    Set<Service> services = new HashSet<>();
    while (value.remaining() > 0) {
      services.add(service("SERVICES", value));
    }
    return services;
  }

  SessionId session() throws SignalFormatException, WireFormatException {
    WireReader value = required(SignalAttribute.SESSION);
    value.exactly("SESSION", 2 * Long.BYTES);
    return new SessionId(value.i64("SESSION"), value.i64("SESSION"));
  }

  Octets description() throws SignalFormatException, WireFormatException {
    return required(SignalAttribute.DESCRIPTION).rest("DESCRIPTION", SignalCodec.MAX_DESCRIPTION);
  }

  /** An attribute of the standard that must be there. */
  <A extends StunAttribute> A standard(Class<A> kind, String name) throws SignalFormatException {
    A attribute = message.first(kind);
    if (attribute == null) {
      throw missing(name);
    }
    return attribute;
  }

  Reason reason() throws SignalFormatException {
    return Reason.ofCode(standard(ErrorCode.class, "ERROR-CODE").code());
  }

  /** The reason in words, fit for one line of a log: somebody else wrote it. */
  String text() throws SignalFormatException {
    return standard(ErrorCode.class, "ERROR-CODE").reason().replaceAll("\\p{Cntrl}", "?");
  }

  private static PeerId id(String field, WireReader value) throws WireFormatException {
    return new PeerId(value.octets(field, PeerId.LENGTH));
  }

  private static Service service(String field, WireReader value) throws WireFormatException {
    int start = value.offset();
    int protocol = value.u8(field);
    value.skip(field, 1);
    int port = value.u16(field);
    Transport transport = transport(protocol);
    if (transport == null) {
      throw new WireFormatException(field, start, "protocol " + protocol + " is neither 6 nor 17");
    }
    if (port == 0) {
      throw new WireFormatException(field, start + 2, "port 0 is no service");
    }
    return new Service(transport, port);
  }

  private static @Nullable Transport transport(int protocol) {
    return switch (protocol) {
      case SignalCodec.PROTOCOL_TCP -> Transport.TCP;
      case SignalCodec.PROTOCOL_UDP -> Transport.UDP;
      default -> null;
    };
  }

  /** An attribute that may be missing, and otherwise has {@code length} octets. */
  private @Nullable Octets exact(int type, int length) throws WireFormatException {
    RawAttribute raw = message.firstRaw(type);
    if (raw == null) {
      return null;
    }
    String name = SignalAttribute.name(type);
    WireReader value = over(raw);
    value.exactly(name, length);
    return value.octets(name, length);
  }

  private WireReader required(int type) throws SignalFormatException {
    RawAttribute raw = message.firstRaw(type);
    if (raw == null) {
      throw missing(SignalAttribute.name(type));
    }
    return over(raw);
  }

  private static WireReader over(RawAttribute raw) {
    return WireReader.over(raw.value().asByteBuffer());
  }

  private static SignalFormatException missing(String name) {
    return new SignalFormatException(Reason.BAD_REQUEST, name + " is missing");
  }
}
