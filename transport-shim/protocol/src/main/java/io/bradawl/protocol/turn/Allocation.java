package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.stun.TransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server keeps for one client (RFC 8656 section 5). Relayed datagrams ask it directly,
 * past the machine; such questions change nothing, allocate nothing and cost one look-up.
 *
 * @param <C> the client: the other end of the five-tuple
 */
public final class Allocation<C> {

  private final C client;
  private final TransportAddress source;
  private final String user;
  private final Transport transport;
  private final TransactionId transaction;
  private final List<Relay> relays;
  private final @Nullable ReservationToken reserved;
  private final Map<InetAddress, Permission> permissions = new HashMap<>(4);
  private final ChannelTable channels = new ChannelTable();
  private long expiry;
  private long wake;
  private long order;

  Allocation(
      TurnInput.Request<C> request,
      Transport transport,
      List<Relay> relays,
      @Nullable ReservationToken reserved) {
    this.client = request.client();
    this.source = request.source();
    this.user = request.user();
    this.transport = transport;
    this.transaction = request.message().transaction();
    this.relays = new ArrayList<>(relays);
    this.reserved = reserved;
  }

  public C client() {
    return client;
  }

  /** Who asked for it; nobody else may change it. */
  public String user() {
    return user;
  }

  /** How peers are reached. */
  public Transport transport() {
    return transport;
  }

  /** The channel of that number if datagrams may pass, else {@code null}. */
  public @Nullable BoundChannel open(int number, long now) {
    BoundChannel channel = channels.of(number);
    return channel != null && channel.isOpen(now) ? channel : null;
  }

  /** The channel to that peer if datagrams may pass, else {@code null}. */
  public @Nullable BoundChannel open(InetSocketAddress peer, long now) {
    BoundChannel channel = channels.of(peer);
    return channel != null && channel.isOpen(now) ? channel : null;
  }

  /** Whether the client let that address in, and it still is. */
  public boolean permits(InetAddress peer, long now) {
    Permission permission = permissions.get(peer);
    return permission != null && permission.isValid(now);
  }

  /** The relay that reaches addresses of that family, or {@code null}. */
  public @Nullable Relay relay(boolean ipv6) {
    for (int i = 0; i < relays.size(); i++) {
      Relay relay = relays.get(i);
      if (relay.address().isIpv6() == ipv6) {
        return relay;
      }
    }
    return null;
  }

  /** One, or one of each family. */
  public List<Relay> relays() {
    return relays;
  }

  /** Where the client's packets come from. */
  public TransportAddress source() {
    return source;
  }

  @Nullable ReservationToken reserved() {
    return reserved;
  }

  /** The place in {@link Expiries}. */
  long wake() {
    return wake;
  }

  /** Tells those of the same time apart. */
  long order() {
    return order;
  }

  void place(long wake, long order) {
    this.wake = wake;
    this.order = order;
  }

  TransactionId transaction() {
    return transaction;
  }

  long expiry() {
    return expiry;
  }

  void extend(long expiry) {
    this.expiry = expiry;
  }

  void give(Relay relay) {
    relays.remove(relay);
  }

  ChannelTable channels() {
    return channels;
  }

  /**
   * Lets an address in, or keeps it in.
   *
   * @return {@code null} if there are {@code most} already
   */
  @Nullable Permission permit(InetAddress peer, long expiry, int most, long now) {
    Permission permission = permissions.get(peer);
    if (permission != null) {
      permission.extend(expiry);
      return permission;
    }
    if (permissions.size() >= most) {
      permissions.values().removeIf(old -> old.isIdle(now));
    }
    if (permissions.size() >= most) {
      return null;
    }
    Permission fresh = new Permission(expiry);
    permissions.put(peer, fresh);
    return fresh;
  }

  @Override
  public String toString() {
    return "Allocation[" + client + " " + user + " " + relays + "]";
  }
}
