package io.bradawl.runtime.tcp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.session.Sessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener of the application: its punch port, and the punches that are under way to it. Only
 * to be used on the driver loop.
 */
final class ServedListener {

  /** Punches under way at a time; offers beyond that are refused. */
  static final int MAX_PUNCHES = 256;

  /** Newcomers held at a time; more are guests at once. */
  static final int MAX_NEWCOMERS = 64;

  private static final long STRAGGLING = Duration.ofSeconds(1).toNanos();

  private static final Logger log = LoggerFactory.getLogger("bradawl.tcp");

  private final Surroundings with;
  private final AppListener app;
  private final Map<SessionId, IncomingConnect> punches = new HashMap<>();
  private final Map<InetSocketAddress, IncomingConnect> expected = new HashMap<>();
  private @Nullable PunchPort port;
  private int newcomers;

  ServedListener(Surroundings with, AppListener app) {
    this.with = with;
    this.app = app;
    if (app.reuse() == ReuseMode.ON) {
      port = PunchPort.mapped(with, app.local());
    } else if (app.reuse() == ReuseMode.OFF) {
      port = PunchPort.unmapped(with, app.local());
      log.info(
          "port {} cannot be shared (bradawl.reuse), so only peers with an open way to it reach it;"
              + " set bradawl.reuse to on or lazy to have holes punched",
          app.local().getPort());
    }
  }

  AppListener app() {
    return app;
  }

  void offered(Sessions.IncomingOffer offer) {
    if (punches.size() >= MAX_PUNCHES) {
      offer.refuse(Reason.QUOTA, MAX_PUNCHES + " connections are being made already");
      return;
    }
    PunchPort from;
    try {
      from = port();
    } catch (IOException e) {
      offer.refuse(Reason.SERVER_ERROR, "the port cannot be shared: " + e.getMessage());
      return;
    }
    IncomingConnect punch = new IncomingConnect(with, this, from, offer);
    punches.put(offer.session(), punch);
    from.whenTried(punch::begin);
  }

  void withdrawn(SessionId session) {
    IncomingConnect punch = punches.get(session);
    if (punch != null) {
      punch.abandon();
    }
  }

  /** A connection that the application's accept came upon. */
  void punched(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
      IncomingConnect punch = expected.get(remote);
      if (punch != null) {
        punch.accepted(channel, null);
      } else if (newcomers < MAX_NEWCOMERS) {
        newcomers++;
        new Newcomer(with.loop(), this, channel, remote).hold();
      } else {
        guest(channel, remote);
      }
    } catch (IOException e) {
      PunchSockets.abort(channel); // closed meanwhile: nobody's
    }
  }

  /** One fewer is held. */
  void decided() {
    newcomers--;
  }

  /** A newcomer that behaves as the peer of a session would; to be closed if it is not. */
  void claimed(SocketChannel channel, @Nullable SessionId session, @Nullable Octets first) {
    IncomingConnect punch = session == null ? null : punches.get(session);
    if (punch == null) {
      PunchSockets.abort(channel);
    } else {
      punch.accepted(channel, first);
    }
  }

  /** A newcomer that is no peer: an ordinary guest of the application. */
  void guest(SocketChannel channel, InetSocketAddress remote) {
    try {
      if (app.deliver(channel, remote)) {
        PunchSockets.close(channel);
        new Doorbell(with.loop(), app).repeat();
        return;
      }
    } catch (IOException e) {
      log.debug("a connection from {} was lost: {}", remote, e.toString());
    }
    PunchSockets.abort(channel);
  }

  void expect(List<InetSocketAddress> remotes, IncomingConnect punch) {
    for (InetSocketAddress remote : remotes) {
      expected.put(remote, punch);
      app.expect(remote);
    }
  }

  /**
   * The punch has ended. Its connections that were not chosen may still wait to be accepted; until
   * they have been, they are not taken for guests.
   */
  void ended(SessionId session, List<InetSocketAddress> remotes, IncomingConnect punch) {
    punches.remove(session);
    with.loop().at(with.loop().now() + STRAGGLING, () -> forget(remotes, punch));
  }

  private void forget(List<InetSocketAddress> remotes, IncomingConnect punch) {
    for (InetSocketAddress remote : remotes) {
      if (expected.remove(remote, punch)) {
        app.forget(remote);
      }
    }
  }

  /** The application has closed it. */
  void close() {
    List.copyOf(punches.values()).forEach(IncomingConnect::close);
    if (port != null) {
      port.close();
    }
  }

  private PunchPort port() throws IOException {
    PunchPort known = port;
    if (known == null) {
      app.makeReusable();
      known = PunchPort.mapped(with, app.local());
      port = known;
    }
    return known;
  }
}
