package io.bradawl.rendezvous.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one UDP socket. Datagrams are kept until the event loop has read what there is to
 * read, then they leave with one system call. Those of the same size that go to the same address
 * one after the other become a run: they are laid behind each other, pass through the kernel's
 * network stack as one, and are cut apart at its end.
 */
public final class Outlet implements Batch.Member {

  /** Fits every link that carries IPv6: beyond the MTU of a path, a run cannot be sent at all. */
  private static final int LONGEST_SEGMENT = 1232;

  /** The kernel's limit for a run, UDP_MAX_SEGMENTS of older ones. */
  private static final int MOST_SEGMENTS = 64;

  /**
   * Octets of a run, all of which are allocated for the second datagram. Longer ones save little,
   * and allocators keep buffers of this size at hand.
   */
  private static final int LONGEST_RUN = 16 * 1024;

  private static final int HEADER = 4;

  private final Channel channel;
  private final Batch batch;
  private final Segmentation segmentation;
  private final IntConsumer congested;
  private final ChannelFutureListener written;
  private ByteBuf run = Unpooled.EMPTY_BUFFER;
  private @Nullable InetSocketAddress recipient;
  private int segment;
  private int count;
  private boolean roomy;
  private boolean ended;
  private boolean pending;

  /**
   * @param congested is told how many datagrams were dropped, since the socket takes no more
   */
  public Outlet(Channel channel, Batch batch, Segmentation segmentation, IntConsumer congested) {
    this.channel = channel;
    this.batch = batch;
    this.segmentation = segmentation;
    this.congested = congested;
    this.written = segmentation::written;
  }

  /** Sends a datagram, whose buffer this becomes the owner of. */
  public void send(ByteBuf datagram, InetSocketAddress to) {
    int size = datagram.readableBytes();
    if (size > 0 && joins(size, to)) {
      append(size).writeBytes(datagram);
      datagram.release();
    } else if (size > 0) {
      start(datagram, size, to);
    } else {
      datagram.release();
      sendEmpty(to);
    }
  }

  /** Behind what was sent before. */
  private void sendEmpty(InetSocketAddress to) {
    push();
    channel.flush();
    EmptyDatagram.send(channel, to);
  }

  /** The same with four octets before it. */
  public void send(int header, ByteBuf payload, InetSocketAddress to) {
    int size = HEADER + payload.readableBytes();
    if (joins(size, to)) {
      append(size).writeInt(header).writeBytes(payload);
    } else {
      ByteBuf datagram = channel.alloc().directBuffer(size);
      start(datagram.writeInt(header).writeBytes(payload), size, to);
    }
    payload.release();
  }

  @Override
  public void finish() {
    pending = false;
    push();
    channel.flush();
  }

  private boolean joins(int size, InetSocketAddress to) {
    return count > 0
        && !ended
        && size <= segment
        && segment <= LONGEST_SEGMENT
        && count < MOST_SEGMENTS
        && run.readableBytes() + size <= LONGEST_RUN
        && to.equals(recipient)
        && segmentation.works();
  }

  private void start(ByteBuf first, int size, InetSocketAddress to) {
    push();
    run = first;
    recipient = to;
    segment = size;
    count = 1;
    roomy = false;
    ended = false;
    if (!pending) {
      pending = true;
      batch.add(this);
    }
  }

  private ByteBuf append(int size) {
    if (!roomy) {
      moveToRoom();
    }
    count++;
    ended = size < segment;
    return run;
  }

  /** The first one lies in a buffer of its own size, or where it was received. */
  private void moveToRoom() {
    int room = Math.min(MOST_SEGMENTS * segment, LONGEST_RUN);
    ByteBuf first = run;
    run = channel.alloc().directBuffer(room).writeBytes(first);
    first.release();
    roomy = true;
  }

  private void push() {
    InetSocketAddress to = recipient;
    if (count == 0 || to == null) {
      return;
    }
    ByteBuf datagrams = run;
    int many = count;
    count = 0;
    run = Unpooled.EMPTY_BUFFER;
    if (!takesMore()) {
      congested.accept(many);
      datagrams.release();
    } else if (many == 1) {
      channel.write(new DatagramPacket(datagrams, to), channel.voidPromise());
    } else {
      channel.write(new SegmentedDatagramPacket(datagrams, segment, to)).addListener(written);
    }
  }

  /** A round may hold more than may wait: it is the kernel that has to refuse, not the round. */
  private boolean takesMore() {
    if (!channel.isWritable()) {
      channel.flush();
    }
    return channel.isWritable();
  }
}
