package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.path.tcp.PunchOutput;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.path.LocalCandidates;
import io.bradawl.runtime.path.PathLog;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.session.PathEnd;
import io.bradawl.runtime.session.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connect of the application to a peer: punch port, offer, answer, punch, hand-over. Only to be
 * used on the driver loop.
 */
final class OutgoingConnect implements Sessions.OfferOutcome, PunchDriver.Outcome {

  private static final PathLog LOG = new PathLog(Transport.TCP);

  /** How long the other peer may take to answer. */
  static final Duration ANSWER_PATIENCE = Duration.ofSeconds(6);

  /**
   * The relay is asked at the same time as the rendezvous about the port, and answers as soon. If
   * it does not, the other side looks for one.
   */
  private static final Duration RELAY_GRACE = Duration.ofMillis(300);

  /** How long it may take where nothing goes without it. */
  private static final Duration RELAY_PATIENCE = Duration.ofSeconds(4);

  /** How soon it is noticed that the application has closed its socket or timed out. */
  private static final long LOOK = Duration.ofMillis(50).toNanos();

  private final Surroundings with;
  private final ClientPorts ports;
  private final AppSocket app;
  private final PeerRef peer;
  private final int port;
  private final String target;
  private @Nullable ClientPort local;
  private @Nullable SessionId session;
  private @Nullable AgreedSession agreed;
  private boolean offeredAgain;
  private @Nullable PunchDriver punch;
  private DriverLoop.@Nullable Timer look;
  private PeerRef withdrawTo;
  private boolean over;

  OutgoingConnect(Surroundings with, ClientPorts ports, AppSocket app, PeerRef peer, int port) {
    this.with = with;
    this.ports = ports;
    this.app = app;
    this.peer = peer;
    this.port = port;
    this.target = with.addresses().hostName(peer) + ":" + port;
    this.withdrawTo = peer;
  }

  void start() {
    lookAfterApplication();
    if (over) {
      return;
    }
    try {
      local = ports.take(app.bound());
    } catch (IOException e) {
      fail(ConnectFailures.unusable(target, e));
      return;
    }
    ports.warmUp();
    PunchPort punchPort = local.port();
    with.sessions().whenSettled(ANSWER_PATIENCE, problem -> settled(problem, punchPort));
  }

  private void settled(@Nullable String problem, PunchPort punchPort) {
    if (problem != null) {
      failed(Reason.SERVER_ERROR, problem);
    } else if (!over) {
      gather(punchPort);
    }
  }

  private void gather(PunchPort punchPort) {
    with.relay().prepare();
    Duration patience = with.sessions().isGuarded() ? RELAY_PATIENCE : RELAY_GRACE;
    punchPort.whenTried(() -> with.relay().whenTried(patience, () -> offer(punchPort)));
  }

  private void offer(PunchPort from) {
    if (over) {
      return;
    }
    if (with.sessions().isGuarded() && !with.relay().take()) {
      with.relay().whenTried(RELAY_PATIENCE, () -> offer(from));
      return;
    }
    List<Candidate> candidates = new ArrayList<>(from.candidates());
    candidates.addAll(with.relay().candidates());
    if (candidates.isEmpty()) {
      fail(ConnectFailures.noPath(target, "this host has no address to be reached at"));
      return;
    }
    PathEnd mine = new PathEnd(from.port(), with.ends().wanted(port), candidates);
    Service service = new Service(Transport.TCP, port);
    session = with.sessions().offer(peer, service, mine, ANSWER_PATIENCE, this);
  }

  @Override
  public void answered(AgreedSession agreed) {
    ClientPort from = local;
    withdrawTo = agreed.with().id();
    if (over || from == null) {
      agreed.wipe();
      return;
    }
    if (isLackingRelay(agreed.path())) {
      offerAgain(from.port(), agreed);
      return;
    }
    this.agreed = agreed;
    punch = new PunchDriver(with, from.port(), agreed.path(), this);
    try {
      from.accept(punch::accepted);
    } catch (IOException e) {
      fail(ConnectFailures.unusable(target, e));
      return;
    }
    punch.start();
  }

  /**
   * Whether this side has no IP version in common with the other, and had no relay yet, either,
   * when it made the offer: then there is no way but by a relay of which the other knows.
   */
  private boolean isLackingRelay(PathSession path) {
    boolean told =
        path.local().stream().anyMatch(candidate -> candidate.kind() == Candidate.Kind.RELAYED);
    boolean strangers = !path.remote().isEmpty() && !LocalCandidates.canReachAnyOf(path.remote());
    return strangers && !told && !offeredAgain;
  }

  private void offerAgain(PunchPort from, AgreedSession useless) {
    offeredAgain = true;
    withdraw();
    session = null;
    useless.wipe();
    with.relay().prepare();
    with.relay().whenTried(RELAY_PATIENCE, () -> offer(from));
  }

  @Override
  public void failed(Reason reason, String text) {
    session = null;
    fail(ConnectFailures.of(reason, target, text));
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
      this.agreed = null; // the keys go with the connection
      if (with.ends().give(settled, peer, connection, app::commit)) {
        LOG.up(
            peer,
            connection.kind(),
            connection.local(),
            connection.remote(),
            with.loop().now() - app.began());
      }
      end();
    } catch (IOException e) {
      fail(ConnectFailures.noPath(target, "the connection was lost: " + e.getMessage()));
    }
  }

  @Override
  public void failed(PunchOutput.Reason reason, String text) {
    fail(ConnectFailures.noPath(target, text));
  }

  /**
   * Nothing tells when an application gives up a connect; so it is asked, while one is under way.
   */
  private void lookAfterApplication() {
    if (over) {
      return;
    }
    if (app.isOpen()) {
      look = with.loop().at(with.loop().now() + LOOK, this::lookAfterApplication);
      return;
    }
    withdraw();
    end();
    if (punch != null) {
      punch.abandon();
    }
  }

  private void fail(IOException reason) {
    if (!over) {
      withdraw();
      end();
      app.fail(reason);
    }
  }

  private void withdraw() {
    if (session != null) {
      with.sessions().withdraw(session, withdrawTo);
    }
  }

  private void end() {
    over = true;
    if (agreed != null) {
      agreed.keys().close();
      agreed = null;
    }
    if (look != null) {
      look.cancel();
    }
    if (local != null) {
      local.close();
    }
  }
}
