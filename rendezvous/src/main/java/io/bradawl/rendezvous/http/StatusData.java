package io.bradawl.rendezvous.http;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.rendezvous.json.JsonWriter;
import io.bradawl.rendezvous.server.RendezvousServer;
import io.bradawl.rendezvous.signal.Census;
import io.bradawl.rendezvous.telemetry.Family;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What the status page shows, as JSON. Made at most once a second, however many look. Only to be
 * asked by one thread.
 */
final class StatusData implements Page {

  /** A page with more would be read by nobody; the metrics have the totals. */
  private static final int MOST_PEERS = 200;

  /** Enough to tell peers apart, and to find one in the access log. */
  private static final int ID_LETTERS = 8;

  private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

  private final RendezvousServer server;
  private final Telemetry telemetry;
  private final boolean names;
  private final String version;
  private final long start = System.nanoTime();
  private long takenAt = start - FRESH;
  private CompletableFuture<Reply> taken = new CompletableFuture<>();

  /**
   * @param names whether they are shown
   */
  StatusData(RendezvousServer server, Telemetry telemetry, boolean names, String version) {
    this.server = server;
    this.telemetry = telemetry;
    this.names = names;
    this.version = version;
  }

  @Override
  public CompletableFuture<Reply> reply(String accept) {
    long now = System.nanoTime();
    if (now - takenAt >= FRESH) {
      takenAt = now;
      taken = server.census(MOST_PEERS).thenApply(this::reply);
    }
    return taken;
  }

  private Reply reply(Census census) {
    JsonWriter json = new JsonWriter().object().put("version", version);
    json.put("uptimeMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    json.name("obstacles").array();
    telemetry.readiness().obstacles().stream().map(StatusData::word).sorted().forEach(json::value);
    json.endArray();
    counts(json);
    paths(json);
    json.name("peers").array();
    census.newest().forEach(peer -> write(json, peer));
    return new Reply(200, "application/json", json.endArray().endObject().toString());
  }

  private void counts(JsonWriter json) {
    Measures measures = telemetry.measures();
    json.put("registered", measures.sum(Measure.PEERS));
    json.put("connections", measures.sum(Measure.CONNECTIONS));
    json.put("allocations", measures.sum(Family.ALLOCATIONS));
    json.put("relayedBytes", measures.sum(Family.RELAYED_BYTES));
    json.put("relayedPackets", measures.sum(Family.RELAYED_PACKETS));
    json.put("droppedPackets", measures.sum(Family.RELAY_DROPPED_PACKETS));
    json.put("offersRouted", measures.sum(Family.OFFERS_ROUTED));
    json.put("offersRefused", measures.sum(Family.OFFERS_REFUSED));
    json.put("stunReplies", measures.sum(Family.STUN_REPLIES));
    json.put("clusterNodes", measures.sum(Measure.CLUSTER_NODES));
    json.put("clusterSignals", measures.sum(Family.CLUSTER_SIGNALS));
    json.put("redisFailures", measures.sum(Measure.REDIS_FAILURES));
    json.put("rateLimited", measures.sum(Family.RATE_LIMITED));
  }

  private void paths(JsonWriter json) {
    json.name("paths").object();
    for (Candidate.Kind kind : Candidate.Kind.values()) {
      json.name(word(kind)).object();
      for (Transport transport : Transport.values()) {
        json.put(transport.label(), telemetry.measures().sum(Measure.ofPaths(transport, kind)));
      }
      json.endObject();
    }
    json.endObject();
  }

  private void write(JsonWriter json, Census.Entry peer) {
    json.object().put("id", peer.id().label().substring(0, ID_LETTERS));
    json.putUnlessNull("name", names ? peer.name() : null);
    json.put("seconds", peer.connected().toSeconds()).name("services").array();
    peer.services().forEach(json::value);
    json.endArray();
    json.put("direct", direct(peer)).put("relayed", count(peer, Candidate.Kind.RELAYED));
    json.endObject();
  }

  private static int direct(Census.Entry peer) {
    int direct = 0;
    for (Candidate.Kind kind : Candidate.Kind.values()) {
      direct += kind == Candidate.Kind.RELAYED ? 0 : count(peer, kind);
    }
    return direct;
  }

  private static int count(Census.Entry peer, Candidate.Kind kind) {
    return peer.paths().of(Transport.TCP, kind) + peer.paths().of(Transport.UDP, kind);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
