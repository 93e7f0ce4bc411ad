package io.bradawl.protocol.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that peers and rendezvous say to each other about registration and paths;
 * docs/protocol.md.
 */
public sealed interface Signal {

  /**
   * Request: "I am here." Complete each time: a later one on the same connection replaces an
   * earlier one.
   */
  record Register(PeerInstance self, @Nullable PeerName name, Set<Service> services)
      implements Signal {
    public Register {
      services = Set.copyOf(services);
    }
  }

  /**
   * Success response to {@link Register}.
   *
   * @param observed the peer's address as the rendezvous sees it
   * @param lifetime register again before this has passed
   */
  record Registered(TransportAddress observed, Duration lifetime) implements Signal {}

  /** Request: "is there such a peer?" */
  record Lookup(PeerRef whom) implements Signal {}

  /** Success response to {@link Lookup}: the newest peer that holds the name. */
  record Found(PeerId id, @Nullable PeerName name) implements Signal {}

  /** Error response to {@link Register} or {@link Lookup}. */
  record Rejected(Reason reason, String text) implements Signal {}

  /**
   * Indication, routed: "let us make a path to this service of yours." The rendezvous checks {@code
   * from} and {@code fromName} against the registration of the connection on which it came.
   */
  record Offer(
      SessionId session,
      PeerInstance from,
      @Nullable PeerName fromName,
      PeerRef to,
      Service service,
      Octets description)
      implements Signal {}

  /** Indication, routed back: "agreed, and here is where I can be reached." */
  record Answer(SessionId session, PeerInstance from, PeerInstance to, Octets description)
      implements Signal {}

  /**
   * Indication: the offer came to nothing; sent by the other peer, or by the rendezvous if it
   * cannot route.
   */
  record Refusal(SessionId session, PeerInstance to, Reason reason, String text)
      implements Signal {}

  /**
   * Indication, routed: the offering peer has given up (application closed the socket, deadline
   * passed).
   */
  record Withdrawal(SessionId session, PeerInstance from, PeerRef to) implements Signal {}

  /**
   * Why something did not come about; {@link #code} is the STUN error code on the wire (RFC 8489
   * section 14.8).
   */
  enum Reason {
    BAD_REQUEST(400),
    NOT_ALLOWED(403),
    /** Nobody of that name or id is registered. */
    UNKNOWN_PEER(404),
    /**
     * The peer is there, nothing of its listens on that port: what TCP calls "connection refused".
     */
    NOT_LISTENING(409),
    /** The name is claimed with another identity. */
    NAME_TAKEN(440),
    QUOTA(486),
    SERVER_ERROR(500);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }
}
