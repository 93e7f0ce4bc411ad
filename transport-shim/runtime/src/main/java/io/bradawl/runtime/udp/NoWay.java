package io.bradawl.runtime.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** To a peer that the relay does not let us talk to, or through one that is gone: all is lost. */
record NoWay() implements Way {

  @Override
  public @Nullable InetSocketAddress ready(ByteBuffer datagram, ByteBuffer into) {
    return null;
  }

  @Override
  public void send(ByteBuffer datagram, AppDatagramSocket from) {}

  @Override
  public void sendLast(ByteBuffer control, AppDatagramSocket from) {}
}
