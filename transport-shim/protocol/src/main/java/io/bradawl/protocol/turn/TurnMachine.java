package io.bradawl.protocol.turn;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.stun.AttributeType;
import io.bradawl.protocol.stun.DontFragment;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.RequestedAddressFamily;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.UnknownAttributes;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.stun.XorRelayedAddress;
import io.bradawl.protocol.turn.TurnInput.Opened;
import io.bradawl.protocol.turn.TurnInput.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The server's control logic for the clients of one listener (RFC 8656 sections 7 to 12).
 *
 * <p>Requests come in with their credentials verified. Relayed data do not pass here: whoever moves
 * them asks the {@link Allocation}, which is all that a datagram needs.
 *
 * @param <C> the client, with the equality of its five-tuple
 */
public final class TurnMachine<C> implements Machine<TurnInput<C>, TurnOutput<C>> {

  private final TurnLimits limits;
  private final AllocationQuota quota;
  private final PeerRequests peers;
  private final Map<C, Allocation<C>> allocations = new HashMap<>();
  private final Set<C> opening = new HashSet<>();
  private final Expiries<C> expiries = new Expiries<>();
  private final Queue<TurnOutput<C>> outputs = new ArrayDeque<>();
  private final PeerLinks<C> links;

  /**
   * @param random for transaction ids that nobody answers
   */
  public TurnMachine(
      TurnLimits limits, AllocationQuota quota, PeerRules rules, RandomGenerator random) {
    this.limits = limits;
    this.quota = quota;
    this.peers = new PeerRequests(limits, rules);
    this.links = new PeerLinks<>(limits, peers, random, outputs);
  }

  /** The allocation of that client, or {@code null}. */
  public @Nullable Allocation<C> of(C client) {
    return allocations.get(client);
  }

  /** How many there are. */
  public int size() {
    return allocations.size();
  }

  @Override
  public void handle(TurnInput<C> input, long now) {
    input.tell(this, now);
  }

  @Override
  public void tick(long now) {
    for (Allocation<C> due = expiries.due(now); due != null; due = expiries.due(now)) {
      end(due, "expired");
    }
    links.tick(now);
  }

  @Override
  public @Nullable TurnOutput<C> poll() {
    return outputs.poll();
  }

  @Override
  public long nextTimeout() {
    return Math.min(expiries.next(), links.nextTimeout());
  }

  PeerLinks<C> links() {
    return links;
  }

  void request(Request<C> request, long now) {
    List<Integer> unknown = request.message().notUnderstood(AttributeType.RFC_8656);
    try {
      if (!unknown.isEmpty()) {
        respond(request, unknown(request, unknown));
      } else if (request.message().method() == StunMethod.ALLOCATE) {
        allocate(request, now);
      } else if (request.message().method() == StunMethod.CONNECTION_BIND) {
        links.bind(request);
      } else {
        change(request, now);
      }
    } catch (Refused e) {
      respond(request, request.message().error(e.error()));
    }
  }

  void opened(Opened<C> opened, long now) {
    Request<C> request = opened.wish().request();
    if (!opening.remove(request.client())) {
      quota.leave(request.user(), request.source());
      opened.relays().forEach(relay -> outputs.add(new TurnOutput.Close<>(relay)));
      return;
    }
    Allocation<C> allocation =
        new Allocation<>(request, opened.wish().transport(), opened.relays(), opened.reserved());
    allocations.put(request.client(), allocation);
    long seconds = lifetime(request.message());
    allocation.extend(now + seconds * Times.SECOND);
    expiries.add(allocation);
    StunMessage success = success(allocation, request, seconds);
    respond(request, opened.missing() == null ? success : success.plus(opened.missing()));
  }

  void notOpened(TurnInput.NotOpened<C> failure) {
    Request<C> request = failure.wish().request();
    opening.remove(request.client());
    quota.leave(request.user(), request.source());
    respond(request, request.message().error(failure.why()));
  }

  /** The allocation may have ended while the connection was being accepted. */
  void arrived(TurnInput.Arrived<C> arrival, long now) {
    Allocation<C> allocation = arrival.allocation();
    if (allocations.get(allocation.client()) == allocation) {
      links.arrived(allocation, arrival.peer(), arrival.socket(), now);
    } else {
      outputs.add(new TurnOutput.Drop<>(arrival.socket()));
    }
  }

  void left(C client) {
    opening.remove(client);
    Allocation<C> allocation = allocations.get(client);
    if (allocation != null) {
      end(allocation, "client left");
    }
  }

  private void allocate(Request<C> request, long now) throws Refused {
    Allocation<C> existing = allocations.get(request.client());
    if (existing != null) {
      allocateAgain(existing, request, now);
      return;
    }
    if (request.message().has(DontFragment.class)) {
      // RFC 8656 section 7.2, item 4: as if it were unknown, since it cannot be honoured.
      respond(request, unknown(request, List.of(AttributeType.DONT_FRAGMENT)));
      return;
    }
    if (opening.contains(request.client())) {
      return;
    }
    Wish<C> wish = WishReader.read(request);
    if (!quota.enter(request.user(), request.source())) {
      throw new Refused(ErrorCode.ALLOCATION_QUOTA_REACHED, "too many allocations");
    }
    opening.add(request.client());
    outputs.add(new TurnOutput.Open<>(wish));
  }

  /** The response to the first one may have been lost (RFC 8656 section 7.2, item 2). */
  private void allocateAgain(Allocation<C> allocation, Request<C> request, long now)
      throws Refused {
    if (!allocation.transaction().equals(request.message().transaction())) {
      throw new Refused(ErrorCode.ALLOCATION_MISMATCH, "there is an allocation");
    }
    respond(request, success(allocation, request, (allocation.expiry() - now) / Times.SECOND));
  }

  private void change(Request<C> request, long now) throws Refused {
    Allocation<C> allocation = allocations.get(request.client());
    if (allocation == null) {
      throw new Refused(ErrorCode.ALLOCATION_MISMATCH, "there is no allocation");
    }
    if (!allocation.user().equals(request.user())) {
      throw new Refused(ErrorCode.WRONG_CREDENTIALS, "it is somebody else's");
    }
    StunMessage message = request.message();
    switch (message.method()) {
      case StunMethod.REFRESH -> respond(request, refresh(allocation, message, now));
      case StunMethod.CREATE_PERMISSION ->
          respond(request, peers.createPermission(allocation, message, now));
      case StunMethod.CHANNEL_BIND -> respond(request, peers.channelBind(allocation, message, now));
      case StunMethod.CONNECT -> links.connect(allocation, request);
      default -> throw new Refused(ErrorCode.BAD_REQUEST, "unknown method");
    }
  }

  private StunMessage refresh(Allocation<C> allocation, StunMessage request, long now)
      throws Refused {
    Lifetime asked = request.first(Lifetime.class);
    RequestedAddressFamily family = request.first(RequestedAddressFamily.class);
    Relay one = family == null ? null : Families.relay(allocation, family.family());
    if (family != null && one == null) {
      throw new Refused(ErrorCode.PEER_ADDRESS_FAMILY_MISMATCH, "no such address");
    }
    if (asked == null || asked.seconds() > 0) {
      long seconds = lifetime(request);
      allocation.extend(now + seconds * Times.SECOND);
      return request.success(new Lifetime(seconds));
    }
    if (one != null && allocation.relays().size() > 1) {
      allocation.give(one);
      outputs.add(new TurnOutput.Close<>(one));
    } else {
      end(allocation, "given back");
    }
    return request.success(new Lifetime(0));
  }

  private void end(Allocation<C> allocation, String reason) {
    allocations.remove(allocation.client());
    expiries.remove(allocation);
    quota.leave(allocation.user(), allocation.source());
    links.end(allocation);
    allocation.relays().forEach(relay -> outputs.add(new TurnOutput.Close<>(relay)));
    outputs.add(new TurnOutput.Ended<>(allocation, reason));
  }

  private StunMessage success(Allocation<C> allocation, Request<C> request, long seconds) {
    List<StunAttribute> attributes = new ArrayList<>();
    for (Relay relay : allocation.relays()) {
      attributes.add(new XorRelayedAddress(relay.address()));
    }
    attributes.add(new XorMappedAddress(request.source()));
    attributes.add(new Lifetime(Math.max(0, seconds)));
    if (allocation.reserved() != null) {
      attributes.add(allocation.reserved());
    }
    return request.message().success(attributes.toArray(StunAttribute[]::new));
  }

  private StunMessage unknown(Request<C> request, List<Integer> types) {
    return request
        .message()
        .error(new ErrorCode(ErrorCode.UNKNOWN_ATTRIBUTE, ""), new UnknownAttributes(types));
  }

  private void respond(Request<C> request, StunMessage response) {
    outputs.add(new TurnOutput.Respond<>(request, response));
  }

  /** RFC 8656 section 7.2: between the default and the longest. Seconds. */
  private long lifetime(StunMessage request) {
    Lifetime asked = request.first(Lifetime.class);
    long seconds = asked == null ? 0 : asked.seconds();
    return Math.min(
        Math.max(seconds, limits.lifetime().toSeconds()), limits.longestLifetime().toSeconds());
  }
}
