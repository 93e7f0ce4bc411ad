package io.bradawl.protocol.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.turn.RelayGrant;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that peers and rendezvous say to each other about registration and paths;
 * docs/protocol.md.
 */
public sealed interface Signal {

  /** What a peer asks of the rendezvous; each is answered by one {@link Response}. */
  sealed interface Request extends Signal {
    /** Applies the function for the kind of request that this is. */
    <R> R match(Function<Register, R> register, Function<Lookup, R> lookup);
  }

  /** The answer of the rendezvous to a {@link Request}. */
  sealed interface Response extends Signal {
    /** Applies the function for the kind of response that this is. */
    <R> R match(
        Function<Registered, R> registered,
        Function<Challenged, R> challenged,
        Function<Found, R> found,
        Function<Rejected, R> rejected);
  }

  /** What peers say to each other; the rendezvous routes it and nobody confirms it. */
  sealed interface Indication extends Signal {
    SessionId session();

    /** Applies the function for the kind of indication that this is. */
    <R> R match(
        Function<Offer, R> offer,
        Function<Answer, R> answer,
        Function<Refusal, R> refusal,
        Function<Withdrawal, R> withdrawal);
  }

  /**
   * "I am here." Complete each time: a later one on the same connection replaces an earlier one. On
   * a connection that is not proven yet it is answered by {@link Challenged}.
   *
   * @param realm the realm in which the peer is a member, {@code null} for none
   * @param claim the peer's name; needs a realm
   * @param services at most {@value SignalCodec#MAX_SERVICES}
   * @param proof the answer to a challenge, 32 octets; {@code null} before it, and once the
   *     connection is proven
   * @param paths that the peer has at the moment
   */
  record Register(
      PeerInstance self,
      @Nullable AccessKey realm,
      @Nullable NameClaim claim,
      Set<Service> services,
      @Nullable Octets proof,
      PathCounts paths)
      implements Request {

    public Register {
      services = Set.copyOf(services);
      if (claim != null && !claim.id().equals(self.id())) {
        throw new IllegalArgumentException("the claim to " + claim.name() + " is another's");
      }
    }

    /** Without proof, and without paths. */
    public Register(
        PeerInstance self,
        @Nullable AccessKey realm,
        @Nullable NameClaim claim,
        Set<Service> services) {
      this(self, realm, claim, services, null, PathCounts.NONE);
    }

    /** The same statement with its proof. */
    public Register proven(Octets proof) {
      return new Register(self, realm, claim, services, proof, paths);
    }

    /** The same statement with other paths. */
    public Register with(PathCounts paths) {
      return new Register(self, realm, claim, services, proof, paths);
    }

    @Override
    public <R> R match(Function<Register, R> register, Function<Lookup, R> lookup) {
      return register.apply(this);
    }
  }

  /**
   * "Is there such a peer?"
   *
   * @param service of several holders of a name, those that serve this come first; {@code null} if
   *     that does not matter
   */
  record Lookup(PeerRef whom, @Nullable Service service) implements Request {
    public Lookup(PeerRef whom) {
      this(whom, null);
    }

    @Override
    public <R> R match(Function<Register, R> register, Function<Lookup, R> lookup) {
      return lookup.apply(this);
    }
  }

  /**
   * Success response to {@link Register}.
   *
   * @param observed the peer's address as the rendezvous sees it
   * @param lifetime whole seconds; register again before this has passed
   * @param relay leave to use a TURN server, given anew each time; {@code null} if the rendezvous
   *     has none to offer
   */
  record Registered(TransportAddress observed, Duration lifetime, @Nullable RelayGrant relay)
      implements Response {
    public Registered(TransportAddress observed, Duration lifetime) {
      this(observed, lifetime, null);
    }

    @Override
    public <R> R match(
        Function<Registered, R> registered,
        Function<Challenged, R> challenged,
        Function<Found, R> found,
        Function<Rejected, R> rejected) {
      return registered.apply(this);
    }
  }

  /**
   * Error response to {@link Register} on a connection that is not proven yet: "show that you are
   * who you say".
   */
  record Challenged(AccessChallenge challenge) implements Response {
    @Override
    public <R> R match(
        Function<Registered, R> registered,
        Function<Challenged, R> challenged,
        Function<Found, R> found,
        Function<Rejected, R> rejected) {
      return challenged.apply(this);
    }
  }

  /**
   * Success response to {@link Lookup}: the newest peer that holds the name. Nobody should believe
   * it before verifying the claim.
   *
   * @param realm the realm of whoever asks, if the peer is of it too, otherwise {@code null}
   * @param claim of {@code id}; {@code null} if it has none in that realm
   */
  record Found(PeerId id, @Nullable AccessKey realm, @Nullable NameClaim claim)
      implements Response {
    public Found {
      if (claim != null && !claim.id().equals(id)) {
        throw new IllegalArgumentException("the claim to " + claim.name() + " is another's");
      }
    }

    @Override
    public <R> R match(
        Function<Registered, R> registered,
        Function<Challenged, R> challenged,
        Function<Found, R> found,
        Function<Rejected, R> rejected) {
      return found.apply(this);
    }
  }

  /** Error response to {@link Register} or {@link Lookup}. */
  record Rejected(Reason reason, String text) implements Response {
    @Override
    public <R> R match(
        Function<Registered, R> registered,
        Function<Challenged, R> challenged,
        Function<Found, R> found,
        Function<Rejected, R> rejected) {
      return rejected.apply(this);
    }
  }

  /**
   * "Let us make a path to this service of yours." The rendezvous checks {@code from} against the
   * registration of the connection on which it came. The offerer's name travels sealed.
   *
   * @param description at most {@value SignalCodec#MAX_DESCRIPTION} octets
   */
  record Offer(
      SessionId session, PeerInstance from, PeerRef to, Service service, Octets description)
      implements Indication {
    @Override
    public <R> R match(
        Function<Offer, R> offer,
        Function<Answer, R> answer,
        Function<Refusal, R> refusal,
        Function<Withdrawal, R> withdrawal) {
      return offer.apply(this);
    }
  }

  /**
   * Routed back: "agreed, and here is where I can be reached."
   *
   * @param description at most {@value SignalCodec#MAX_DESCRIPTION} octets
   */
  record Answer(SessionId session, PeerInstance from, PeerInstance to, Octets description)
      implements Indication {
    @Override
    public <R> R match(
        Function<Offer, R> offer,
        Function<Answer, R> answer,
        Function<Refusal, R> refusal,
        Function<Withdrawal, R> withdrawal) {
      return answer.apply(this);
    }
  }

  /** The offer came to nothing; sent by the other peer, or by the rendezvous if it cannot route. */
  record Refusal(SessionId session, PeerInstance to, Reason reason, String text)
      implements Indication {
    @Override
    public <R> R match(
        Function<Offer, R> offer,
        Function<Answer, R> answer,
        Function<Refusal, R> refusal,
        Function<Withdrawal, R> withdrawal) {
      return refusal.apply(this);
    }
  }

  /** The offering peer has given up (application closed the socket, deadline passed). */
  record Withdrawal(SessionId session, PeerInstance from, PeerRef to) implements Indication {
    @Override
    public <R> R match(
        Function<Offer, R> offer,
        Function<Answer, R> answer,
        Function<Refusal, R> refusal,
        Function<Withdrawal, R> withdrawal) {
      return withdrawal.apply(this);
    }
  }

  /**
   * "I am going to stop: register elsewhere, then leave." From the rendezvous to a registered peer,
   * which confirms it by leaving.
   *
   * @param within whole seconds that the rendezvous goes on serving
   */
  record Move(Duration within) implements Signal {}

  /**
   * Why something did not come about; {@link #code} is the STUN error code on the wire (RFC 8489
   * section 14.8).
   */
  enum Reason {
    /**
     * This peer does not serve it, but another holder of its name does: look it up by service. Of a
     * registration: this rendezvous is about to stop, another one may take it.
     */
    TRY_ALTERNATE(300),
    BAD_REQUEST(400),
    /** The peer has not yet shown on this connection who it is. */
    NOT_PROVEN(401),
    NOT_ALLOWED(403),
    /** Nobody of that name or id is registered. */
    UNKNOWN_PEER(404),
    /**
     * The peer is there, nothing of its listens on that port: what TCP calls "connection refused".
     */
    NOT_LISTENING(409),
    /**
     * The receiver does not understand an attribute that it must understand (RFC 8489 section
     * 6.3.1).
     */
    UNKNOWN_ATTRIBUTE(420),
    /** As many peers hold the name already as may. */
    NAME_TAKEN(440),
    /** Too many: registrations, connections or offers. */
    QUOTA(486),
    SERVER_ERROR(500),
    /** The receiver speaks other versions of this protocol. */
    UNSUPPORTED_VERSION(505);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /** The reason of a code; of a code that is none of ours, what its hundreds mean. */
    public static Reason ofCode(int code) {
      for (Reason reason : values()) {
        if (reason.code == code) {
          return reason;
        }
      }
      return code < SERVER_ERROR.code ? BAD_REQUEST : SERVER_ERROR;
    }
  }
}
