package io.bradawl.rendezvous.telemetry;

import java.util.List;

/**
 * The names under which {@link Measure}s are shown, as Prometheus wants them: a counter's ends in
 * {@code _total}, and units are spelt out. docs/operation.md lists them.
 */
public enum Family {
  REGISTERED_PEERS(Kind.GAUGE, "Processes that are registered now."),
  CONNECTIONS(Kind.GAUGE, "TCP connections that are open now."),
  ALLOCATIONS(Kind.GAUGE, "TURN allocations that live now.", "transport"),
  PATHS(Kind.GAUGE, "Live paths that peers have reported.", "transport", "kind"),
  CONNECTIONS_ACCEPTED(Kind.COUNTER, "TCP connections that were let in."),
  CONNECTIONS_REFUSED(Kind.COUNTER, "TCP connections that were turned away.", "reason"),
  REGISTRATIONS(Kind.COUNTER, "Processes that have registered."),
  REGISTRATIONS_REFUSED(Kind.COUNTER, "Registrations that were refused.", "reason"),
  LOOKUPS(Kind.COUNTER, "Questions for a peer.", "outcome"),
  OFFERS_ROUTED(Kind.COUNTER, "Offers of a path that were passed on."),
  OFFERS_REFUSED(Kind.COUNTER, "Offers of a path that the rendezvous refused.", "reason"),
  SIGNALS_DROPPED(Kind.COUNTER, "Answers, refusals and withdrawals without genuine sender or way."),
  CLUSTER_NODES(Kind.GAUGE, "Servers of the cluster that listen to each other."),
  CLUSTER_SIGNALS(Kind.COUNTER, "Signals from and to other servers.", "direction"),
  CLUSTER_REDIS_FAILURES(Kind.COUNTER, "What Redis was asked and did not do in time."),
  STUN_REPLIES(Kind.COUNTER, "Responses to Binding requests.", "transport"),
  STUN_REPLIES_DROPPED(Kind.COUNTER, "Of these, such as the socket did not take."),
  MALFORMED(Kind.COUNTER, "Datagrams, and connections, that made no sense.", "transport"),
  RATE_LIMITED(Kind.COUNTER, "What came faster than its limit allows.", "limit"),
  TLS_HANDSHAKES(Kind.COUNTER, "TLS handshakes.", "outcome"),
  ALLOCATIONS_MADE(Kind.COUNTER, "TURN allocations that were made.", "transport"),
  ALLOCATIONS_REFUSED(Kind.COUNTER, "Allocate requests that were refused.", "reason"),
  RELAYED_PACKETS(Kind.COUNTER, "Datagrams that were relayed.", "direction"),
  RELAYED_BYTES(Kind.COUNTER, "Payload that was relayed.", "transport", "direction"),
  RELAY_DROPPED_PACKETS(Kind.COUNTER, "Datagrams that were not relayed.", "reason"),
  ACCESS_LOG_LINES(Kind.COUNTER, "Events written to the access log."),
  ACCESS_LOG_DROPPED(Kind.COUNTER, "Events that the access log could not keep up with.");

  /** Whether it can fall. */
  public enum Kind {
    COUNTER,
    GAUGE
  }

  private final Kind kind;
  private final String help;
  private final List<String> labels;

  Family(Kind kind, String help, String... labels) {
    this.kind = kind;
    this.help = help;
    this.labels = List.of(labels);
  }

  public Kind kind() {
    return kind;
  }

  /** What it counts, in one sentence. */
  public String help() {
    return help;
  }

  /** What its measures differ by. */
  public List<String> labels() {
    return labels;
  }
}
