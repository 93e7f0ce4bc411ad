package io.bradawl.runtime.dial;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;

/**
 * Keep-alive (RFC 1122 section 4.2.3.6) that finds out within eleven minutes that the other side is
 * no more, about as long as TCP goes on sending what nobody acknowledges, and keeps NATs from
 * forgetting the connection. The kernel's own two hours would be too long for both.
 */
public final class Keepalive {

  /**
   * Seconds of silence before the first question, seconds between questions, and how many. By name:
   * a small runtime image may lack the module that declares these options.
   */
  private static final Map<String, Integer> PACE =
      Map.of("TCP_KEEPIDLE", 60, "TCP_KEEPINTERVAL", 60, "TCP_KEEPCOUNT", 10);

  private Keepalive() {}

  /** On a channel that is open. */
  public static void on(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (SocketOption<?> option : channel.supportedOptions()) {
      Integer value = PACE.get(option.name());
      if (value != null) {
        set(channel, option, value);
      }
    }
  }

  @SuppressWarnings("unchecked") // all three are declared so
  private static void set(SocketChannel channel, SocketOption<?> option, Integer value)
      throws IOException {
    channel.setOption((SocketOption<Integer>) option, value);
  }
}
