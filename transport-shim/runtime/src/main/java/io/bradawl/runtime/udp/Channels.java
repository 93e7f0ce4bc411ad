package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.client.TurnError;
import io.bradawl.protocol.turn.client.TurnInput;
import io.bradawl.runtime.turn.TurnSession;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The channels of one allocation, which are made when they are first needed. */
final class Channels {

  /** A peer that probes from many ports must not use up all numbers. */
  private static final int MAX = 256;

  private final Map<TransportAddress, @Nullable Integer> numbers = new HashMap<>();
  private final Map<Integer, TransportAddress> peers = new HashMap<>();

  /**
   * The number of the channel to a peer, which may be used at once; {@code null} if the server does
   * not let us, or there are too many.
   */
  @Nullable Integer to(TransportAddress peer, TurnSession session) {
    if (!numbers.containsKey(peer) && numbers.size() < MAX) {
      session.tell(new TurnInput.Bind(peer));
      // The session may be telling of something else just now, and tell of the channel later.
      session.channelTo(peer).ifPresent(number -> bound(peer, number));
    }
    return numbers.get(peer);
  }

  @Nullable TransportAddress at(int channel) {
    return peers.get(channel);
  }

  void bound(TransportAddress peer, int channel) {
    numbers.put(peer, channel);
    peers.put(channel, peer);
  }

  /** Asking this server again helps only if it was not there. */
  void refused(TransportAddress peer, TurnError error) {
    if (error.code() == TurnError.NO_ANSWER) {
      numbers.remove(peer);
    } else {
      numbers.put(peer, null);
    }
  }

  /** There is a new allocation, for which the server may decide otherwise. */
  void renewed() {
    numbers.values().removeIf(Objects::isNull);
  }
}
