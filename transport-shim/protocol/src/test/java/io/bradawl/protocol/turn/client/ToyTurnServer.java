package io.bradawl.protocol.turn.client;

import static io.bradawl.protocol.turn.client.TurnWorld.address;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.PasswordAlgorithms;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.stun.XorRelayedAddress;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** As much of a TURN server as shows what a client says to one; its moods can be set. */
public final class ToyTurnServer {

  static final String REALM = "relay.example";
  static final TransportAddress MAPPED = address("80.1.0.2", 40001);

  public String nonce = "first";
  String password = TurnWorld.PASSWORD;
  private boolean offersSha256;
  boolean silent;

  /** Whom it knows. */
  Predicate<String> users = user -> true;

  /** Whether an allocation belongs to the name that it was asked for with, for good. */
  boolean bindsNames;

  private String owner = "";
  public boolean forges;
  public long lifetime = 600;

  /** Errors by method, given instead of success. */
  final Map<Integer, Integer> errors = new HashMap<>();

  public boolean allocated;
  private int port = 50_000;

  /** Says so in its nonce too, so that nobody on the way can take the offer back. */
  public void offerSha256() {
    offersSha256 = true;
    nonce = "obMatJos2AAAB" + nonce;
  }

  public Optional<ByteBuffer> answer(StunMessage request) {
    if (silent) {
      return Optional.empty();
    }
    Nonce shown = request.first(Nonce.class);
    Username user = request.first(Username.class);
    if (shown == null || user == null || !knows(user.name()) || !proof(request)) {
      return Optional.of(refuse(request, ErrorCode.UNAUTHENTICATED));
    }
    if (!shown.value().equals(nonce)) {
      return Optional.of(refuse(request, ErrorCode.STALE_NONCE));
    }
    if (bindsNames && allocated && !user.name().equals(owner)) {
      return Optional.of(
          seal(request, request.error(new ErrorCode(ErrorCode.WRONG_CREDENTIALS, ""))));
    }
    owner = user.name();
    Integer error = errors.get(request.method());
    StunMessage answer =
        error == null ? process(request) : request.error(new ErrorCode(error, "as told"));
    return Optional.of(seal(request, answer));
  }

  /** A server that binds names looks at them once only, like coturn. */
  private boolean knows(String user) {
    return users.test(user) || bindsNames && allocated && user.equals(owner);
  }

  private StunMessage process(StunMessage request) {
    switch (request.method()) {
      case StunMethod.ALLOCATE -> {
        if (allocated) {
          return mismatch(request);
        }
        allocated = true;
        return request.success(
            new XorMappedAddress(MAPPED),
            new XorRelayedAddress(address("70.1.0.1", port++)),
            new Lifetime(lifetime));
      }
      case StunMethod.REFRESH -> {
        Lifetime wanted = request.first(Lifetime.class);
        boolean was = allocated;
        allocated &= wanted == null || wanted.seconds() > 0;
        return was
            ? request.success(wanted == null ? new Lifetime(lifetime) : wanted)
            : mismatch(request);
      }
      case StunMethod.CONNECT -> {
        return allocated ? request.success(new ConnectionId(77)) : mismatch(request);
      }
      default -> {
        return allocated ? request.success() : mismatch(request);
      }
    }
  }

  private static StunMessage mismatch(StunMessage request) {
    return request.error(new ErrorCode(ErrorCode.ALLOCATION_MISMATCH, ""));
  }

  private ByteBuffer refuse(StunMessage request, int code) {
    StunAttribute[] with = {new StunRealm(REALM), new Nonce(nonce)};
    StunMessage error = request.error(new ErrorCode(code, "")).plus(with);
    return StunEncoder.encode(
        offersSha256
            ? error.plus(
                new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, PasswordAlgorithm.MD5)))
            : error);
  }

  private ByteBuffer seal(StunMessage request, StunMessage answer) {
    Integrity integrity = forges ? forged() : integrity(request);
    return StunEncoder.encodeProven(answer, integrity, false);
  }

  private boolean proof(StunMessage request) {
    return integrity(request).proves(request);
  }

  private Integrity integrity(StunMessage request) {
    boolean sha256 = request.first(PasswordAlgorithm.class) != null;
    Username name = request.first(Username.class);
    LongTermCredential user =
        new LongTermCredential(name == null ? TurnWorld.USER : name.name(), password);
    return sha256
        ? new Integrity(IntegrityAlgorithm.SHA256, user.key(REALM, PasswordAlgorithm.SHA_256))
        : new Integrity(IntegrityAlgorithm.SHA1, user.key(REALM, PasswordAlgorithm.MD5));
  }

  private static Integrity forged() {
    return new Integrity(IntegrityAlgorithm.SHA1, IntegrityKey.ofPassword("guessed"));
  }
}
