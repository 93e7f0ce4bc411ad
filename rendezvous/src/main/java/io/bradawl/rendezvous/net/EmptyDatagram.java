package io.bradawl.rendezvous.net;

import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A datagram of no octets, which is a message, too (RFC 768). Netty counts it as sent without
 * sending it: so it is given to the socket itself, where that can be had (epoll).
 */
final class EmptyDatagram {

  private static final Logger LOG = LoggerFactory.getLogger(EmptyDatagram.class);

  private EmptyDatagram() {}

  /** Sends one at once. What goes wrong concerns that recipient only. */
  static void send(Channel channel, InetSocketAddress to) {
    if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
      try {
        socket.sendTo(ByteBuffer.allocateDirect(0), 0, 0, to.getAddress(), to.getPort());
      } catch (IOException e) {
        LOG.debug("nothing, to {}: {}", to, e.toString());
      }
    }
  }
}
