package io.bradawl.runtime.dial;

import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;

/** A connection that finds out when its other side is no more. */
final class WatchedChannel extends NioSocketChannel {

  WatchedChannel() {
    try {
      Keepalive.on(javaChannel());
    } catch (IOException e) {
      unsafe().closeForcibly();
      throw new ChannelException(e);
    }
  }
}
