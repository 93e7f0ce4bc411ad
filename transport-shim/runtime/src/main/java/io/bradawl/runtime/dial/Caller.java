package io.bradawl.runtime.dial;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;

/** Who wants a connection. Called on the loop. */
public interface Caller {

  /** Adds what is spoken, before the connection stands: no octet is to be missed. */
  void equip(ChannelPipeline pipeline);

  /**
   * The connection stands, the certificate has been verified. From now on the channel is the
   * caller's to close.
   *
   * @param direct whether the remote address of the channel is the server's and not a proxy's
   */
  void up(Channel channel, boolean direct);

  /** There is no connection. */
  void failed(String why);
}
