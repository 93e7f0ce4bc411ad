package io.bradawl.rendezvous.telemetry;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is counted. */
public enum Measure {
  PEERS(Family.REGISTERED_PEERS),
  CONNECTIONS(Family.CONNECTIONS),
  CONNECTIONS_ACCEPTED(Family.CONNECTIONS_ACCEPTED),
  TOO_MANY_CONNECTIONS(Family.CONNECTIONS_REFUSED, "all"),
  TOO_MANY_OF_SOURCE(Family.CONNECTIONS_REFUSED, "source"),

  TCP_PATHS_HOST(Family.PATHS, "tcp", "host"),
  TCP_PATHS_PEER_REFLEXIVE(Family.PATHS, "tcp", "peer_reflexive"),
  TCP_PATHS_SERVER_REFLEXIVE(Family.PATHS, "tcp", "server_reflexive"),
  TCP_PATHS_RELAYED(Family.PATHS, "tcp", "relayed"),
  UDP_PATHS_HOST(Family.PATHS, "udp", "host"),
  UDP_PATHS_PEER_REFLEXIVE(Family.PATHS, "udp", "peer_reflexive"),
  UDP_PATHS_SERVER_REFLEXIVE(Family.PATHS, "udp", "server_reflexive"),
  UDP_PATHS_RELAYED(Family.PATHS, "udp", "relayed"),

  REGISTRATIONS(Family.REGISTRATIONS),
  REGISTRATION_DRAINING(Family.REGISTRATIONS_REFUSED, "draining"),
  REGISTRATION_NOT_ALLOWED(Family.REGISTRATIONS_REFUSED, "not_allowed"),
  REGISTRATION_NOT_PROVEN(Family.REGISTRATIONS_REFUSED, "not_proven"),
  REGISTRATION_NAME_TAKEN(Family.REGISTRATIONS_REFUSED, "name_taken"),
  REGISTRATION_QUOTA(Family.REGISTRATIONS_REFUSED, "quota"),
  LOOKUPS_FOUND(Family.LOOKUPS, "found"),
  LOOKUPS_UNKNOWN(Family.LOOKUPS, "unknown"),

  OFFERS_ROUTED(Family.OFFERS_ROUTED),
  OFFER_NOT_ALLOWED(Family.OFFERS_REFUSED, "not_allowed"),
  OFFER_NOT_LISTENING(Family.OFFERS_REFUSED, "not_listening"),
  OFFER_TRY_ALTERNATE(Family.OFFERS_REFUSED, "try_alternate"),
  OFFER_UNKNOWN_PEER(Family.OFFERS_REFUSED, "unknown_peer"),
  OFFER_QUOTA(Family.OFFERS_REFUSED, "quota"),
  SIGNALS_DROPPED(Family.SIGNALS_DROPPED),

  CLUSTER_NODES(Family.CLUSTER_NODES),
  CLUSTER_SIGNALS_IN(Family.CLUSTER_SIGNALS, "in"),
  CLUSTER_SIGNALS_OUT(Family.CLUSTER_SIGNALS, "out"),
  REDIS_FAILURES(Family.CLUSTER_REDIS_FAILURES),

  STUN_REPLIES_UDP(Family.STUN_REPLIES, "udp"),
  STUN_REPLIES_TCP(Family.STUN_REPLIES, "tcp"),
  STUN_REPLIES_TLS(Family.STUN_REPLIES, "tls"),
  STUN_REPLIES_DROPPED(Family.STUN_REPLIES_DROPPED),
  MALFORMED_UDP(Family.MALFORMED, "udp"),
  MALFORMED_TCP(Family.MALFORMED, "tcp"),

  MESSAGES_LIMITED(Family.RATE_LIMITED, "messages"),
  JOINS_LIMITED(Family.RATE_LIMITED, "joins"),
  OFFERS_LIMITED(Family.RATE_LIMITED, "offers"),
  TLS_LIMITED(Family.RATE_LIMITED, "tls"),

  TLS_DONE(Family.TLS_HANDSHAKES, "done"),
  TLS_FAILED(Family.TLS_HANDSHAKES, "failed"),

  ALLOCATIONS_UDP(Family.ALLOCATIONS, "udp"),
  ALLOCATIONS_TCP(Family.ALLOCATIONS, "tcp"),
  ALLOCATIONS_MADE_UDP(Family.ALLOCATIONS_MADE, "udp"),
  ALLOCATIONS_MADE_TCP(Family.ALLOCATIONS_MADE, "tcp"),
  ALLOCATION_UNAUTHORIZED(Family.ALLOCATIONS_REFUSED, "unauthorized"),
  ALLOCATION_QUOTA(Family.ALLOCATIONS_REFUSED, "quota"),
  ALLOCATION_CAPACITY(Family.ALLOCATIONS_REFUSED, "capacity"),
  ALLOCATION_DRAINING(Family.ALLOCATIONS_REFUSED, "draining"),
  ALLOCATION_BAD_REQUEST(Family.ALLOCATIONS_REFUSED, "bad_request"),
  RELAYED_PACKETS_TO_PEER(Family.RELAYED_PACKETS, "to_peer"),
  RELAYED_PACKETS_TO_CLIENT(Family.RELAYED_PACKETS, "to_client"),
  RELAYED_UDP_BYTES_TO_PEER(Family.RELAYED_BYTES, "udp", "to_peer"),
  RELAYED_UDP_BYTES_TO_CLIENT(Family.RELAYED_BYTES, "udp", "to_client"),
  RELAYED_TCP_BYTES_TO_PEER(Family.RELAYED_BYTES, "tcp", "to_peer"),
  RELAYED_TCP_BYTES_TO_CLIENT(Family.RELAYED_BYTES, "tcp", "to_client"),
  RELAY_NO_PERMISSION(Family.RELAY_DROPPED_PACKETS, "no_permission"),
  RELAY_DENIED_ADDRESS(Family.RELAY_DROPPED_PACKETS, "denied_address"),
  RELAY_BANDWIDTH(Family.RELAY_DROPPED_PACKETS, "bandwidth"),
  RELAY_CONGESTED(Family.RELAY_DROPPED_PACKETS, "congested"),

  ACCESS_LOG_LINES(Family.ACCESS_LOG_LINES),
  ACCESS_LOG_DROPPED(Family.ACCESS_LOG_DROPPED);

  private static final Map<List<String>, Measure> PATHS =
      Stream.of(values())
          .filter(measure -> measure.family == Family.PATHS)
          .collect(Collectors.toUnmodifiableMap(Measure::labels, Function.identity()));

  private final Family family;
  private final List<String> labels;

  Measure(Family family, String... labels) {
    this.family = family;
    this.labels = List.of(labels);
  }

  /** The measure of paths of this sort. */
  public static Measure ofPaths(Transport transport, Candidate.Kind kind) {
    return Objects.requireNonNull(
        PATHS.get(List.of(transport.label(), kind.name().toLowerCase(Locale.ROOT))));
  }

  public Family family() {
    return family;
  }

  /** Values of {@link Family#labels}. */
  public List<String> labels() {
    return labels;
  }
}
