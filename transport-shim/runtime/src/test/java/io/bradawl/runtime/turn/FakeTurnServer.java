package io.bradawl.runtime.turn;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.stun.XorRelayedAddress;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.wire.WireFormatException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TURN server for one client, as far as an allocation needs one. Its moods can be set. */
public final class FakeTurnServer {

  public static final LongTermCredential USER = new LongTermCredential("user", "password");
  public static final StunRealm REALM = new StunRealm("relay.example");

  public final InetSocketAddress address;

  /** Methods of the requests that were answered. */
  public final List<Integer> answered = new CopyOnWriteArrayList<>();

  public volatile boolean silent;
  public boolean allocated;
  private int port = 50_000;

  public FakeTurnServer(String ip) throws Exception {
    address = new InetSocketAddress(InetAddress.getByName(ip), 3478);
  }

  /** The relayed address that was given last. */
  public TransportAddress relayed() {
    return new TransportAddress(address.getAddress(), port);
  }

  public Optional<ByteBuffer> answer(ByteBuffer datagram) throws WireFormatException {
    StunMessage request = StunDecoder.decode(datagram);
    if (silent) {
      return Optional.empty();
    }
    if (!request.has(Username.class)) {
      ErrorCode who = new ErrorCode(ErrorCode.UNAUTHENTICATED, "");
      return Optional.of(
          StunEncoder.encode(request.error(who).plus(REALM, new Nonce("nonce")), null, false));
    }
    answered.add(request.method());
    Integrity proof =
        new Integrity(IntegrityAlgorithm.SHA1, USER.key(REALM.name(), PasswordAlgorithm.MD5));
    return Optional.of(StunEncoder.encodeProven(process(request), proof, false));
  }

  private StunMessage process(StunMessage request) {
    Lifetime lifetime = request.first(Lifetime.class);
    if (request.method() == StunMethod.ALLOCATE) {
      allocated = true;
      port++;
      return request.success(
          new XorMappedAddress(relayed()), new XorRelayedAddress(relayed()), new Lifetime(600));
    }
    if (!allocated) {
      return request.error(new ErrorCode(ErrorCode.ALLOCATION_MISMATCH, ""));
    }
    allocated = lifetime == null || lifetime.seconds() > 0;
    return request.success(new Lifetime(allocated ? 600 : 0));
  }
}
