package io.bradawl.rendezvous.signal;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/** Closes connections and remembers why, for the log. */
public final class Closing {

  private static final AttributeKey<String> REASON = AttributeKey.valueOf(Closing.class, "reason");

  private Closing() {}

  /** Closes {@code channel}; the first reason given stays. */
  public static void close(Channel channel, String reason) {
    channel.attr(REASON).setIfAbsent(reason);
    channel.close();
  }

  static String reason(Channel channel) {
    String reason = channel.attr(REASON).get();
    return reason != null ? reason : "closed by the peer";
  }
}
