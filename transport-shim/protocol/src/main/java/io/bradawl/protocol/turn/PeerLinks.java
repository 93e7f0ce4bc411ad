package io.bradawl.protocol.turn;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.turn.TurnInput.Request;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The connections between TCP relays and peers (RFC 6062 sections 5.2 to 5.5). */
final class PeerLinks<C> {

  private final TurnLimits limits;
  private final PeerRequests peers;
  private final RandomGenerator random;
  private final Queue<TurnOutput<C>> outputs;
  private final Map<Integer, PeerLink<C>> byId = new HashMap<>();
  private final Map<Allocation<C>, Set<PeerLink<C>>> byAllocation = new HashMap<>();
  private final Queue<PeerLink<C>> waiting = new ArrayDeque<>();

  PeerLinks(
      TurnLimits limits, PeerRequests peers, RandomGenerator random, Queue<TurnOutput<C>> outputs) {
    this.limits = limits;
    this.peers = peers;
    this.random = random;
    this.outputs = outputs;
  }

  /** Section 5.2. The answer follows when the connection is there, or is not. */
  void connect(Allocation<C> allocation, Request<C> request) throws Refused {
    XorPeerAddress address = request.message().first(XorPeerAddress.class);
    if (allocation.transport() != Transport.TCP || address == null) {
      throw new Refused(ErrorCode.BAD_REQUEST, "no TCP allocation, or no XOR-PEER-ADDRESS");
    }
    TransportAddress peer = address.address();
    peers.admitted(allocation, peer.ip());
    Relay relay = allocation.relay(peer.isIpv6());
    Set<PeerLink<C>> links = of(allocation);
    if (relay == null || peer.port() == 0) {
      throw new Refused(ErrorCode.BAD_REQUEST, "port 0");
    }
    if (links.stream().anyMatch(link -> link.peer().equals(peer))) {
      throw new Refused(ErrorCode.CONNECTION_ALREADY_EXISTS, "");
    }
    if (links.size() >= limits.connections()) {
      throw new Refused(ErrorCode.ALLOCATION_QUOTA_REACHED, "too many connections");
    }
    PeerLink<C> link = new PeerLink<>(allocation, peer);
    links.add(link);
    outputs.add(new TurnOutput.Connect<>(new Connecting<>(request, link), relay, peer));
  }

  void connected(Connecting<C> connecting, PeerSocket socket, long now) {
    if (isGone(connecting.link())) {
      outputs.add(new TurnOutput.Drop<>(socket));
      return;
    }
    await(connecting.link(), socket, now);
    Request<C> request = connecting.request();
    respond(request, request.message().success(new ConnectionId(socket.id())));
  }

  void notConnected(Connecting<C> connecting) {
    forget(connecting.link());
    Request<C> request = connecting.request();
    ErrorCode error = new ErrorCode(ErrorCode.CONNECTION_TIMEOUT_OR_FAILURE, "");
    respond(request, request.message().error(error));
  }

  /** Section 5.3: somebody has connected to the relayed address. */
  void arrived(Allocation<C> allocation, TransportAddress peer, PeerSocket socket, long now) {
    if (!allocation.permits(peer.ip(), now) || of(allocation).size() >= limits.connections()) {
      outputs.add(new TurnOutput.Drop<>(socket));
      return;
    }
    PeerLink<C> link = new PeerLink<>(allocation, peer);
    of(allocation).add(link);
    await(link, socket, now);
    outputs.add(
        new TurnOutput.Indicate<>(
            allocation.client(),
            StunMessage.indication(
                StunMethod.CONNECTION_ATTEMPT,
                TransactionId.draw(random),
                new ConnectionId(socket.id()),
                new XorPeerAddress(peer))));
  }

  /** Section 5.4. The request comes over the connection that is to carry the data. */
  void bind(Request<C> request) throws Refused {
    ConnectionId id = request.message().first(ConnectionId.class);
    PeerLink<C> link = id == null ? null : byId.get(id.id());
    PeerSocket socket = link == null ? null : link.socket();
    if (link == null || socket == null || link.isBound() || request.over() != Transport.TCP) {
      throw new Refused(ErrorCode.BAD_REQUEST, "no such connection waits");
    }
    if (!link.allocation().user().equals(request.user())) {
      throw new Refused(ErrorCode.WRONG_CREDENTIALS, "it is somebody else's");
    }
    link.bind();
    waiting.remove(link);
    outputs.add(new TurnOutput.Bind<>(request, socket, request.message().success()));
  }

  /** The connection is over. */
  void closed(PeerSocket socket) {
    PeerLink<C> link = byId.get(socket.id());
    if (link != null && link.socket() == socket) {
      forget(link);
    }
  }

  /** The allocation is over, and all of its connections with it (section 5.5). */
  void end(Allocation<C> allocation) {
    Set<PeerLink<C>> links = byAllocation.remove(allocation);
    if (links != null) {
      links.forEach(this::drop);
    }
  }

  void tick(long now) {
    for (PeerLink<C> first = waiting.peek();
        first != null && first.deadline() <= now;
        first = waiting.peek()) {
      forget(first);
      drop(first);
    }
  }

  long nextTimeout() {
    PeerLink<C> first = waiting.peek();
    return first == null ? Machine.NEVER : first.deadline();
  }

  private void await(PeerLink<C> link, PeerSocket socket, long now) {
    link.await(socket, now + limits.binding().toNanos());
    byId.put(socket.id(), link);
    waiting.add(link);
  }

  private Set<PeerLink<C>> of(Allocation<C> allocation) {
    return byAllocation.computeIfAbsent(allocation, a -> new HashSet<>());
  }

  private boolean isGone(PeerLink<C> link) {
    Set<PeerLink<C>> links = byAllocation.get(link.allocation());
    return links == null || !links.contains(link);
  }

  private void forget(PeerLink<C> link) {
    Set<PeerLink<C>> links = byAllocation.get(link.allocation());
    if (links != null && links.remove(link) && links.isEmpty()) {
      byAllocation.remove(link.allocation());
    }
    release(link, link.socket());
  }

  private void drop(PeerLink<C> link) {
    PeerSocket socket = link.socket();
    release(link, socket);
    if (socket != null) {
      outputs.add(new TurnOutput.Drop<>(socket));
    }
  }

  private void release(PeerLink<C> link, @Nullable PeerSocket socket) {
    waiting.remove(link);
    if (socket != null) {
      byId.remove(socket.id(), link);
    }
  }

  private void respond(Request<C> request, StunMessage response) {
    outputs.add(new TurnOutput.Respond<>(request, response));
  }
}
