package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.turn.PeerSocket;
import io.netty.channel.Channel;

/** A TCP connection to a peer. It is not read before the client has bound a connection to it. */
final class PeerStream implements PeerSocket {

  private final Channel channel;
  private final int id;
  private final Usage usage;

  /**
   * @param usage of the allocation that it belongs to
   */
  PeerStream(Channel channel, int id, Usage usage) {
    this.channel = channel;
    this.id = id;
    this.usage = usage;
  }

  Usage usage() {
    return usage;
  }

  @Override
  public int id() {
    return id;
  }

  Channel channel() {
    return channel;
  }
}
