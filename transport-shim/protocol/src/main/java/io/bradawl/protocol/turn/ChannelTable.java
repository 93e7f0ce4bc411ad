package io.bradawl.protocol.turn;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one allocation, found by number and by peer without allocating anything: every
 * relayed datagram asks. By number it is an open hash table with linear probing; numbers come in
 * sequence as a rule, so the first probe finds.
 */
final class ChannelTable {

  private static final int SMALLEST = 4;

  private final Map<InetSocketAddress, BoundChannel> byPeer = new HashMap<>(SMALLEST);
  private @Nullable BoundChannel[] byNumber = new BoundChannel[SMALLEST];

  @Nullable BoundChannel of(int number) {
    int mask = byNumber.length - 1;
    for (int slot = number & mask; ; slot = slot + 1 & mask) {
      BoundChannel channel = byNumber[slot];
      if (channel == null || channel.number() == number) {
        return channel;
      }
    }
  }

  @Nullable BoundChannel of(InetSocketAddress peer) {
    return byPeer.get(peer);
  }

  int size() {
    return byPeer.size();
  }

  /** Neither number nor peer are in the table. */
  void add(BoundChannel channel) {
    byPeer.put(channel.peer(), channel);
    if (2 * byPeer.size() > byNumber.length) {
      rebuild(2 * byNumber.length);
    } else {
      place(channel);
    }
  }

  /** Forgets those that are not bound any more. */
  void purge(long now) {
    if (byPeer.values().removeIf(channel -> isOver(channel, now))) {
      rebuild(byNumber.length);
    }
  }

  private static boolean isOver(BoundChannel channel, long now) {
    boolean over = !channel.isBound(now);
    if (over) {
      channel.forget();
    }
    return over;
  }

  private void rebuild(int slots) {
    byNumber = new BoundChannel[slots];
    byPeer.values().forEach(this::place);
  }

  private void place(BoundChannel channel) {
    int mask = byNumber.length - 1;
    int slot = channel.number() & mask;
    while (byNumber[slot] != null) {
      slot = slot + 1 & mask;
    }
    byNumber[slot] = channel;
  }
}
