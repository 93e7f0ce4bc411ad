package io.bradawl.rendezvous.net;

import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollDatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the kernel can be left to cut runs of datagrams apart (UDP_SEGMENT). It may know how, and
 * a network interface may still refuse; then it is not tried again.
 */
public final class Segmentation {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  private volatile boolean works;

  public Segmentation(boolean epoll) {
    works = epoll && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
  }

  boolean works() {
    return works;
  }

  /** To be told of each run that was written. */
  void written(ChannelFuture run) {
    if (!run.isSuccess() && works && run.channel().isOpen()) {
      works = false;
      LOG.info("sending datagrams one by one from now on: {}", String.valueOf(run.cause()));
    }
  }
}
