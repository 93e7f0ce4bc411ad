package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.AccessRequest;
import io.bradawl.protocol.realm.AccessVerifier;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.admission.Quotas;
import io.bradawl.rendezvous.admission.RealmList;
import io.bradawl.rendezvous.net.RateLimits;
import io.bradawl.rendezvous.net.Source;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection may be registered for: only a peer that proves its id, and its realm, which
 * must be served here. What costs nothing is asked first, for a challenge and its proof take three
 * X25519 operations (0.15 ms each).
 */
final class Admission {

  /** Plain TCP has nothing that a go-between could not imitate. */
  private static final Octets NO_CHANNEL = Octets.of();

  private final SecureRandom random = new SecureRandom();
  private final RateLimits<Source> joins;
  private final Telemetry telemetry;
  private RealmList realms;

  Admission(RealmList realms, Quotas quotas, Telemetry telemetry) {
    this.realms = realms;
    this.telemetry = telemetry;
    this.joins = new RateLimits<>(quotas.joinsPerSource());
  }

  void realms(RealmList now) {
    realms = now;
  }

  boolean serves(@Nullable AccessKey realm) {
    return realms.serves(realm);
  }

  /**
   * What a connection that is not proven yet is answered; {@code null} if it is proven by {@code
   * register}.
   */
  Signal.@Nullable Response objection(PeerConnection connection, Signal.Register register) {
    AccessKey realm = register.realm();
    NameClaim claim = register.claim();
    if (telemetry.readiness().isDraining()) {
      return new Signal.Rejected(Reason.TRY_ALTERNATE, "this rendezvous is about to stop");
    }
    if (!serves(realm)) {
      return no(notServed(realm));
    }
    if (claim != null && realm == null) {
      return no("the name " + claim.name() + " needs a realm; set bradawl.secret.file");
    }
    Octets proof = register.proof();
    return proof == null ? challenge(connection) : verify(connection, register, proof);
  }

  private Signal.Response challenge(PeerConnection connection) {
    AccessVerifier open = connection.verifier();
    if (open == null) {
      Source source = Source.of(connection.address().ip());
      if (!joins.take(source, System.nanoTime())) {
        telemetry.count(Measure.JOINS_LIMITED);
        return new Signal.Rejected(Reason.QUOTA, "too many come from " + source + " at once");
      }
      open = new AccessVerifier(Octets.of(draw(AccessChallenge.NONCE_LENGTH)), ephemeral());
      connection.verifier(open);
    }
    return new Signal.Challenged(open.challenge());
  }

  private static Signal.@Nullable Response verify(
      PeerConnection connection, Signal.Register register, Octets proof) {
    AccessVerifier verifier = connection.verifier();
    if (verifier == null) {
      return new Signal.Rejected(Reason.NOT_PROVEN, "the proof answers no challenge");
    }
    connection.verifier(null);
    AccessRequest stated = new AccessRequest(register.self(), register.realm(), NO_CHANNEL);
    return verifier.verify(stated, proof) ? null : no(wrong(register));
  }

  private X25519KeyPair ephemeral() {
    return X25519KeyPair.of(Secret.takeOver(draw(X25519KeyPair.LENGTH)));
  }

  private byte[] draw(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  private static Signal.Rejected no(String text) {
    return new Signal.Rejected(Reason.NOT_ALLOWED, text);
  }

  private static String notServed(@Nullable AccessKey realm) {
    return realm == null
        ? "only members of listed realms are served here; set bradawl.secret.file"
        : "realm " + realm.shortId() + " is not served here; add its access key to --realms";
  }

  private static String wrong(Signal.Register register) {
    AccessKey realm = register.realm();
    String secret = realm == null ? "" : ", or not the secret of realm " + realm.shortId();
    return "the sender does not hold the key of " + register.self().id() + secret;
  }
}
