package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.Relay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;

/** A relayed transport address and its socket. */
abstract class ServerRelay extends ChannelInboundHandlerAdapter implements Relay {

  private final Channel channel;
  private final InetSocketAddress told;

  /**
   * @param told the address that peers are told
   */
  ServerRelay(Channel channel, InetSocketAddress told) {
    this.channel = channel;
    this.told = told;
  }

  @Override
  public final TransportAddress address() {
    return new TransportAddress(told.getAddress(), told.getPort());
  }

  final InetSocketAddress told() {
    return told;
  }

  final Channel channel() {
    return channel;
  }

  /** Of the allocation that it belongs to. */
  abstract Usage usage();

  /** Ends everything that goes through it. */
  void close() {
    channel.close();
  }
}
