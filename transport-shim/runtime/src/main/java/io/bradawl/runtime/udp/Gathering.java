package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.runtime.loop.DriverLoop;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
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

  /** What there is to know of the socket's relay. */
  interface Relay {
    /** Calls {@code then}, perhaps at once, when it is known whether there is one. */
    void learn(Consumer<List<TransportAddress>> then);

    /** The relayed addresses at the moment: none, one, or one of each IP version. */
    List<TransportAddress> addresses();

    /** Whether the server was reached over TCP or TLS only. */
    boolean isByStream();
  }

  /** How long the one may keep those waiting who know the other already. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final DriverLoop loop;
  private final Relay relay;
  private final boolean withoutUdp;
  private final Listener listener;
  private @Nullable TransportAddress mapped;
  private boolean mappedKnown;
  private boolean relayKnown;
  private boolean done;
  private DriverLoop.@Nullable Timer timer;

  Gathering(DriverLoop loop, Relay relay, boolean withoutUdp, Listener listener) {
    this.loop = loop;
    this.relay = relay;
    this.withoutUdp = withoutUdp;
    this.listener = listener;
  }

  static void begin(Surroundings with, Mapping mapping, Relay relay, Listener listener) {
    // Before this relay is reached.
    boolean withoutUdp = with.reach().isWithoutUdp() || with.sessions().isGuarded();
    Gathering gathering = new Gathering(with.loop(), relay, withoutUdp, listener);
    relay.learn(relayed -> gathering.relayed());
    mapping.learn(gathering::mapped);
  }

  void relayed() {
    relayKnown = true;
    if (!mappedKnown && relay.isByStream()) {
      waitNoLonger();
    }
    decide();
  }

  void mapped(@Nullable TransportAddress address) {
    mapped = address;
    mappedKnown = true;
    if (address != null && !relayKnown) {
      waitNoLonger();
    }
    decide();
  }

  /**
   * A server that was reached over TCP shows that nobody will answer by UDP, if nobody has before;
   * on a busy machine it may just have been the first to answer.
   */
  private void decide() {
    if (relayKnown && (mappedKnown || withoutUdp && relay.isByStream())) {
      tell();
    }
  }

  private void waitNoLonger() {
    timer = loop.at(loop.now() + PATIENCE.toNanos(), this::tell);
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
