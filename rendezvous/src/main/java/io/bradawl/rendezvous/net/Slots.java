package io.bradawl.rendezvous.net;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * How much room the next read of one socket gets: as many slots as lately were needed. Most sockets
 * of a relay get one datagram at a time, and room for many costs more than the datagram; a transfer
 * fills them.
 */
final class Slots extends DefaultMaxMessagesRecvByteBufAllocator {

  private static final int FEW = 4;

  private final int size;
  private final int most;
  private int slots;
  private boolean fixed;

  /**
   * @param size octets of a slot
   * @param most slots of one read
   */
  Slots(int size, int most) {
    // Level-triggered epoll tells of the rest; asking until nothing is left costs a call more.
    super(1);
    this.size = size;
    this.most = most;
    this.slots = Math.min(FEW, most);
  }

  /** From now on there is all the room there can be. */
  void widen() {
    slots = most;
    fixed = true;
  }

  /** After a read that filled so many. */
  private void used(int count) {
    if (fixed) {
      return;
    }
    if (count >= slots) {
      slots = Math.min(most, 2 * slots);
    } else if (count < slots / FEW) {
      slots /= 2;
    }
  }

  @SuppressWarnings("deprecation") // Netty's interface for it is nested in one that is.
  @Override
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return slots * size;
      }

      /** A read of several slots counts whole ones. */
      @Override
      public void lastBytesRead(int octets) {
        super.lastBytesRead(octets);
        used(octets / size);
      }
    };
  }
}
