package io.bradawl.protocol.turn;

import java.net.InetSocketAddress;

/** A channel number that stands for a peer (RFC 8656 section 12). */
public final class BoundChannel {

  private final int number;
  private final InetSocketAddress peer;
  private final Permission permission;
  private long expiry;

  BoundChannel(int number, InetSocketAddress peer, Permission permission, long expiry) {
    this.number = number;
    this.peer = peer;
    this.permission = permission;
    this.expiry = expiry;
    permission.bind();
  }

  void forget() {
    permission.unbind();
  }

  /** 0x4000 to 0x7FFF. */
  public int number() {
    return number;
  }

  public InetSocketAddress peer() {
    return peer;
  }

  void extend(long expiry) {
    this.expiry = expiry;
  }

  boolean isBound(long now) {
    return expiry - now > 0;
  }

  /** Whether datagrams may pass, in both directions. */
  boolean isOpen(long now) {
    return isBound(now) && permission.isValid(now);
  }
}
