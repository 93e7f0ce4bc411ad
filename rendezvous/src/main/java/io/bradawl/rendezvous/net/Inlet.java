package io.bradawl.rendezvous.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one UDP socket is read: many datagrams with one system call, into slots that hold what fits
 * an Ethernet frame. Whoever gets longer ones, put together of fragments, gets longer slots from
 * then on; the first of them is lost, as fragments often are.
 */
public final class Inlet {

  /** Slots of a relay socket: as many as make room for one of the longest datagrams. */
  public static final int OF_RELAY = 32;

  /** Slots of a socket that many clients send to. */
  public static final int OF_LISTENER = 128;

  private static final Logger LOG = LoggerFactory.getLogger(Inlet.class);
  private static final int SLOT = 2048;
  private static final int LONGEST = 65_536;
  private static final int READS_WITHOUT_SLOTS = 16;

  private final Channel channel;
  private boolean wide;

  public Inlet(Channel channel) {
    this.channel = channel;
    this.wide = !(channel instanceof EpollDatagramChannel);
  }

  /**
   * Sets a channel up.
   *
   * @param slots how many datagrams are read at once
   */
  public static void open(Channel channel, int slots) {
    // Netty's adaptive one hands out other memory for each read; this one the same, still cached.
    channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    if (channel instanceof EpollDatagramChannel) {
      channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, SLOT);
      read(channel, new Slots(SLOT, slots));
    } else {
      read(channel, new FixedRecvByteBufAllocator(LONGEST).maxMessagesPerRead(READS_WITHOUT_SLOTS));
    }
  }

  /** Whether all of a datagram was read. */
  public boolean isWhole(ByteBuf datagram) {
    if (wide || datagram.readableBytes() < SLOT) {
      return true;
    }
    widen();
    return false;
  }

  private void widen() {
    LOG.debug("{} reads long datagrams from now on", channel.localAddress());
    wide = true;
    channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LONGEST);
    if (channel.config().getOption(ChannelOption.RECVBUF_ALLOCATOR) instanceof Slots slots) {
      slots.widen();
    }
  }

  private static void read(Channel channel, RecvByteBufAllocator room) {
    channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, room);
  }
}
