package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.runtime.loop.DriverLoop;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out for one offer or answer where the socket can be reached from outside: its address as
 * the rendezvous sees it and a relayed one, both at the same time. On the driver loop only.
 */
final class Gathering {

  /** Who wants to know. */
  interface Listener {
    /** Comes once; both may be unknown. */
    void gathered(@Nullable TransportAddress mapped, List<TransportAddress> relayed);
  }

  /** How long a relay may keep those waiting who have another address already. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final DriverLoop loop;
  private final SocketRelay relay;
  private final Listener listener;
  private @Nullable TransportAddress mapped;
  private boolean mappedKnown;
  private boolean relayKnown;
  private boolean done;
  private DriverLoop.@Nullable Timer timer;

  private Gathering(DriverLoop loop, SocketRelay relay, Listener listener) {
    this.loop = loop;
    this.relay = relay;
    this.listener = listener;
  }

  static void begin(DriverLoop loop, Mapping mapping, SocketRelay relay, Listener listener) {
    Gathering gathering = new Gathering(loop, relay, listener);
    relay.learn(relayed -> gathering.relayed());
    mapping.learn(gathering::mapped);
  }

  private void relayed() {
    relayKnown = true;
    decide();
  }

  private void mapped(@Nullable TransportAddress address) {
    mapped = address;
    mappedKnown = true;
    if (address != null && !relayKnown) {
      timer = loop.at(loop.now() + PATIENCE.toNanos(), this::tell);
    }
    decide();
  }

  /** A server that was reached over TCP only shows that nobody will answer by UDP. */
  private void decide() {
    if (relayKnown && (mappedKnown || relay.isByStream())) {
      tell();
    }
  }

  private void tell() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (!done) {
      done = true;
      listener.gathered(mapped, relay.addresses());
    }
  }
}
