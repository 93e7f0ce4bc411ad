package io.bradawl.runtime.address;

import io.bradawl.protocol.peer.PeerRef;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one address of the virtual range to each peer reference and knows the way back. An
 * address stays with its reference for the life of the process, so cached look-ups and open sockets
 * never come to mean another peer.
 */
public final class VirtualAddresses {

  private final VirtualRange range;
  private final String suffix;
  private final ConcurrentHashMap<PeerRef, Inet4Address> byPeer = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Integer, PeerRef> byNumber = new ConcurrentHashMap<>();
  private final AtomicInteger given = new AtomicInteger();

  /**
   * @param suffix without dot, as in {@code bradawl.suffix}
   */
  public VirtualAddresses(VirtualRange range, String suffix) {
    this.range = range;
    this.suffix = suffix;
  }

  /**
   * The address of {@code peer}, with its host name {@code <label>.<suffix>}.
   *
   * @throws IllegalStateException if the range is used up
   */
  public Inet4Address addressOf(PeerRef peer) {
    return byPeer.computeIfAbsent(peer, this::allot);
  }

  /** The peer at {@code address}, or {@code null} if it was not given out. */
  public @Nullable PeerRef peerAt(InetAddress address) {
    return address instanceof Inet4Address ip ? byNumber.get(VirtualRange.number(ip)) : null;
  }

  /** Whether {@code peer} has been given an address already. */
  public boolean isKnown(PeerRef peer) {
    return byPeer.containsKey(peer);
  }

  /** {@code <label>.<suffix>}. */
  public String hostName(PeerRef peer) {
    return peer.label() + "." + suffix;
  }

  private Inet4Address allot(PeerRef peer) {
    int offset = given.incrementAndGet();
    if (offset >= range.size() - 1) {
      throw new IllegalStateException(
          "all addresses of " + range + " are given out; widen bradawl.range");
    }
    int number = range.first() + offset;
    byNumber.put(number, peer);
    byte[] octets = {
      (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number
    };
    try {
      return (Inet4Address) InetAddress.getByAddress(hostName(peer), octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an IPv4 address", e);
    }
  }
}
