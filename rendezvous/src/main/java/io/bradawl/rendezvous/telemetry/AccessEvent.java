package io.bradawl.rendezvous.telemetry;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.rendezvous.json.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the access log tells of. Nothing in it is secret; who uses the server is. */
public sealed interface AccessEvent {

  /** Its name in the log. */
  String event();

  /** Writes what is known of it into the object that {@code json} is in. */
  void write(JsonWriter json);

  /**
   * A process has registered.
   *
   * @param realm abbreviated access key
   */
  record Registered(
      PeerInstance peer,
      @Nullable PeerName name,
      @Nullable String realm,
      TransportAddress source,
      List<String> services)
      implements AccessEvent {

    @Override
    public String event() {
      return "registered";
    }

    @Override
    public void write(JsonWriter json) {
      json.put("peer", peer.id()).put("instance", Long.toHexString(peer.instance()));
      json.putUnlessNull("name", name).putUnlessNull("realm", realm).put("source", source);
      json.name("services").array();
      services.forEach(json::value);
      json.endArray();
    }
  }

  /** A registration was refused. Nobody has proven that {@code peer} is whom it came from. */
  record RegistrationRefused(PeerId peer, TransportAddress source, String reason, String text)
      implements AccessEvent {

    @Override
    public String event() {
      return "registration refused";
    }

    @Override
    public void write(JsonWriter json) {
      json.put("peer", peer).put("source", source).put("reason", reason).put("text", text);
    }
  }

  /** A process is not registered any more. */
  record Left(PeerInstance peer, @Nullable PeerName name, TransportAddress source, String reason)
      implements AccessEvent {

    @Override
    public String event() {
      return "left";
    }

    @Override
    public void write(JsonWriter json) {
      json.put("peer", peer.id()).put("instance", Long.toHexString(peer.instance()));
      json.putUnlessNull("name", name).put("source", source).put("reason", reason);
    }
  }

  /**
   * An offer of a path has gone to {@code recipient}, or come to nothing.
   *
   * @param reason why it was refused; {@code null} if it was not
   */
  record Offer(
      SessionId session,
      PeerId peer,
      TransportAddress source,
      PeerRef to,
      Service service,
      @Nullable PeerId recipient,
      @Nullable String reason)
      implements AccessEvent {

    @Override
    public String event() {
      return reason == null ? "offer routed" : "offer refused";
    }

    @Override
    public void write(JsonWriter json) {
      json.put("session", session).put("peer", peer).put("source", source);
      json.put("to", to).put("service", service);
      json.putUnlessNull("recipient", recipient).putUnlessNull("reason", reason);
    }
  }

  /**
   * A TURN allocation was made, or refused.
   *
   * @param user TURN user name; of our own peers the part that is the peer id
   * @param transport between client and server: udp, tcp or tls
   * @param relayed {@code null} if it was refused
   * @param reason why it was refused; {@code null} if it was not
   */
  record Allocation(
      String user,
      TransportAddress source,
      String transport,
      @Nullable TransportAddress relayed,
      @Nullable String reason)
      implements AccessEvent {

    @Override
    public String event() {
      return reason == null ? "allocation made" : "allocation refused";
    }

    @Override
    public void write(JsonWriter json) {
      json.put("peer", user).put("source", source);
      json.put("transport", transport.toLowerCase(Locale.ROOT));
      json.putUnlessNull("relayed", relayed).putUnlessNull("reason", reason);
    }
  }

  /**
   * A TURN allocation has ended.
   *
   * @param bytesToPeers payload
   * @param bytesToClient payload
   */
  record AllocationEnded(
      String user,
      TransportAddress source,
      TransportAddress relayed,
      Duration lived,
      long bytesToPeers,
      long bytesToClient,
      String reason)
      implements AccessEvent {

    @Override
    public String event() {
      return "allocation ended";
    }

    @Override
    public void write(JsonWriter json) {
      json.put("peer", user).put("source", source).put("relayed", relayed);
      json.put("seconds", lived.toSeconds());
      json.put("bytes_to_peers", bytesToPeers).put("bytes_to_client", bytesToClient);
      json.put("reason", reason);
    }
  }
}
