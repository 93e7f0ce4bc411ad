package io.bradawl.runtime.tcp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.path.tcp.PunchOutput;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.path.LocalCandidates;
import io.bradawl.runtime.path.PathLog;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One offer for a listener of the application: answer, punch, delivery. On the driver loop. */
final class IncomingConnect implements PunchDriver.Outcome {

  private static final PathLog LOG = new PathLog(Transport.TCP);

  private static final Logger log = LoggerFactory.getLogger("bradawl.tcp");

  /** How long the other side may wait for the answer longer than it must. */
  private static final Duration RELAY_PATIENCE = Duration.ofMillis(1500);

  /** How long where nothing goes without a relay of this side. */
  private static final Duration NEEDED_PATIENCE = Duration.ofSeconds(4);

  private final Surroundings with;
  private final ServedListener listener;
  private final PunchPort port;
  private final Sessions.IncomingOffer offer;
  private final long arrived;
  private List<InetSocketAddress> remotes = List.of();
  private @Nullable AgreedSession agreed;
  private @Nullable PunchDriver punch;
  private boolean over;

  IncomingConnect(
      Surroundings with, ServedListener listener, PunchPort port, Sessions.IncomingOffer offer) {
    this.with = with;
    this.listener = listener;
    this.port = port;
    this.offer = offer;
    this.arrived = with.loop().now();
  }

  /** Answers; at once, unless this side has to find a relay. */
  void begin() {
    boolean theirs = LocalCandidates.canReachRelayOf(offer.theirs().candidates());
    boolean guarded = with.sessions().isGuarded();
    if (theirs && !guarded) {
      answer();
      return;
    }
    boolean needed = guarded || !LocalCandidates.canReachAnyOf(offer.theirs().candidates());
    with.relay().prepare();
    with.relay().whenTried(needed ? NEEDED_PATIENCE : RELAY_PATIENCE, this::answer);
  }

  private void answer() {
    if (over) {
      return;
    }
    List<Candidate> candidates = new ArrayList<>(port.candidates());
    candidates.addAll(with.relay().candidates());
    if (candidates.isEmpty()) {
      offer.refuse(Reason.SERVER_ERROR, "the peer has no address to be reached at");
      end();
      return;
    }
    remotes =
        offer.theirs().candidates().stream()
            .map(candidate -> PunchSockets.socketAddress(candidate.address()))
            .toList();
    listener.expect(remotes, this);
    AgreedSession settled =
        offer.answer(new PathEnd(port.port(), with.ends().wanted(port.port()), candidates));
    agreed = settled;
    punch = new PunchDriver(with, port, settled.path(), this);
    punch.start();
  }

  void accepted(SocketChannel channel, @Nullable Octets first) {
    if (punch == null || over) {
      PunchSockets.abort(channel);
    } else {
      punch.accepted(channel, first);
    }
  }

  /** The application has closed the listener. */
  void close() {
    if (!over && agreed == null) {
      offer.refuse(Reason.NOT_LISTENING, "the port has just been closed");
    }
    abandon();
  }

  /** The other peer does not want it any more, or this one cannot. */
  void abandon() {
    if (!over) {
      end();
      if (punch != null) {
        punch.abandon();
      }
    }
  }

  @Override
  public void won(ProvenConnection connection) {
    AgreedSession settled = agreed;
    if (over || settled == null) {
      PunchSockets.abort(connection.channel());
      connection.ended().run();
      return;
    }
    try {
      agreed = null; // the keys go with the connection
      if (with.ends().give(settled, offer.peer(), connection, this::deliver)) {
        LOG.up(
            offer.peer(),
            connection.kind(),
            connection.local(),
            connection.remote(),
            with.loop().now() - arrived);
        new Doorbell(with.loop(), listener.app()).repeat();
      }
    } catch (IOException e) {
      log.warn("a connection of {} was lost: {}", offer.peer(), e.toString());
    }
    end();
  }

  private boolean deliver(SocketChannel end) throws IOException {
    InetAddress address = with.addresses().addressOf(offer.peer());
    return listener.app().deliver(end, new InetSocketAddress(address, offer.theirs().port()));
  }

  @Override
  public void failed(PunchOutput.Reason reason, String text) {
    if (!over) {
      log.info("no path for {} to port {}: {}", offer.peer(), port.port(), text);
      end();
    }
  }

  private void end() {
    if (!over) {
      over = true;
      if (agreed != null) {
        agreed.keys().close();
        agreed = null;
      }
      listener.ended(offer.session(), remotes, this);
    }
  }
}
