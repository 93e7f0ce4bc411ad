package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ChannelNumber;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.XorPeerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** CreatePermission and ChannelBind (RFC 8656 sections 10 and 12). */
final class PeerRequests {

  private final TurnLimits limits;
  private final PeerRules rules;

  PeerRequests(TurnLimits limits, PeerRules rules) {
    this.limits = limits;
    this.rules = rules;
  }

  /** All of the peers, or none (section 10.2). */
  StunMessage createPermission(Allocation<?> allocation, StunMessage request, long now)
      throws Refused {
    List<InetAddress> peers = new ArrayList<>();
    for (StunAttribute attribute : request.attributes()) {
      if (attribute instanceof XorPeerAddress peer) {
        peers.add(admitted(allocation, peer.address().ip()));
      }
    }
    if (peers.isEmpty()) {
      throw new Refused(ErrorCode.BAD_REQUEST, "XOR-PEER-ADDRESS is missing");
    }
    for (InetAddress peer : peers) {
      permit(allocation, peer, now);
    }
    return request.success();
  }

  StunMessage channelBind(Allocation<?> allocation, StunMessage request, long now) throws Refused {
    ChannelNumber channel = request.first(ChannelNumber.class);
    XorPeerAddress address = request.first(XorPeerAddress.class);
    if (allocation.transport() != Transport.UDP
        || channel == null
        || address == null
        || address.address().port() == 0
        || !ChannelData.isServed(channel.number())) {
      throw new Refused(
          ErrorCode.BAD_REQUEST, "CHANNEL-NUMBER or XOR-PEER-ADDRESS is missing or wrong");
    }
    TransportAddress peer = address.address();
    admitted(allocation, peer.ip());
    bind(allocation, channel.number(), new InetSocketAddress(peer.ip(), peer.port()), now);
    return request.success();
  }

  /** Refuses a peer that is not allowed or cannot be reached. */
  InetAddress admitted(Allocation<?> allocation, InetAddress peer) throws Refused {
    Families.requireRelay(allocation, peer);
    if (!rules.allows(peer)) {
      throw new Refused(ErrorCode.FORBIDDEN, "peer address not allowed");
    }
    return peer;
  }

  private Permission permit(Allocation<?> allocation, InetAddress peer, long now) throws Refused {
    long expiry = now + limits.permission().toNanos();
    Permission permission = allocation.permit(peer, expiry, limits.permissions(), now);
    if (permission == null) {
      throw new Refused(ErrorCode.INSUFFICIENT_CAPACITY, "too many permissions");
    }
    return permission;
  }

  private void bind(Allocation<?> allocation, int number, InetSocketAddress peer, long now)
      throws Refused {
    ChannelTable channels = allocation.channels();
    channels.purge(now);
    BoundChannel ofNumber = channels.of(number);
    BoundChannel ofPeer = channels.of(peer);
    if (ofNumber != ofPeer) {
      throw new Refused(ErrorCode.BAD_REQUEST, "channel or peer is bound to another one");
    }
    if (ofNumber == null && channels.size() >= limits.channels()) {
      throw new Refused(ErrorCode.INSUFFICIENT_CAPACITY, "too many channels");
    }
    Permission permission = permit(allocation, peer.getAddress(), now);
    long expiry = now + limits.channel().toNanos();
    if (ofNumber == null) {
      channels.add(new BoundChannel(number, peer, permission, expiry));
    } else {
      ofNumber.extend(expiry);
    }
  }
}
