package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.path.LocalCandidates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local port from which holes are punched: a connection to the rendezvous comes from it, so what
 * NATs make of it is known, and stays. Only to be used on the driver loop.
 */
final class PunchPort implements MappedConnection.Owner {

  private static final Logger log = LoggerFactory.getLogger("bradawl.tcp");

  /** How long it matters that no rendezvous has been reached yet. */
  private static final long RENDEZVOUS_PATIENCE = Duration.ofSeconds(2).toNanos();

  /** How soon a connection that was lost, perhaps with its node, is made anew for that long. */
  private static final long SOON = Duration.ofMillis(250).toNanos();

  private static final long FIRST_RETRY = Duration.ofSeconds(1).toNanos();
  private static final long LAST_RETRY = Duration.ofSeconds(30).toNanos();

  private final Surroundings with;
  private final InetSocketAddress local;
  private final List<Runnable> waiting = new ArrayList<>();
  private @Nullable MappedConnection connection;

  /** To the rendezvous that is in use now, while the one to an earlier one still stands. */
  private @Nullable MappedConnection successor;

  private @Nullable TransportAddress mapped;
  private DriverLoop.@Nullable Timer retry;
  private long retryAfter = FIRST_RETRY;
  private long patientUntil = Long.MIN_VALUE;
  private boolean tried;
  private boolean closed;

  private PunchPort(Surroundings with, InetSocketAddress local) {
    this.with = with;
    this.local = local;
  }

  /**
   * Learns what NATs make of the port.
   *
   * @param local address and port, which is not 0, and which other sockets may share
   */
  static PunchPort mapped(Surroundings with, InetSocketAddress local) {
    PunchPort port = new PunchPort(with, local);
    port.connect();
    return port;
  }

  /** A port that cannot be shared: it is only reached where no NAT is in between. */
  static PunchPort unmapped(Surroundings with, InetSocketAddress local) {
    PunchPort port = new PunchPort(with, local);
    port.tried = true;
    return port;
  }

  InetSocketAddress local() {
    return local;
  }

  int port() {
    return local.getPort();
  }

  /**
   * Runs {@code then} once it is known, or known to be unknowable now, what NATs make of the port.
   */
  void whenTried(Runnable then) {
    if (tried) {
      then.run();
    } else {
      waiting.add(then);
    }
  }

  /** Whether it is known, or about to be, what NATs make of the port. */
  boolean isUsable() {
    return mapped != null || !tried;
  }

  /** Where the port can be reached, as far as is known. */
  List<Candidate> candidates() {
    return LocalCandidates.of(local.getAddress(), port(), true, mapped);
  }

  /** Begins to connect from this port. */
  SocketChannel dial(TransportAddress remote) throws IOException {
    return PunchSockets.dial(local, PunchSockets.socketAddress(remote));
  }

  /** Begins to connect from another port of the same address. */
  SocketChannel dialFromAnyPort(TransportAddress remote) throws IOException {
    InetSocketAddress any = new InetSocketAddress(local.getAddress(), 0);
    return PunchSockets.dial(any, PunchSockets.socketAddress(remote));
  }

  void close() {
    closed = true;
    waiting.clear();
    if (retry != null) {
      retry.cancel();
    }
    close(connection);
    close(successor);
    connection = null;
    successor = null;
  }

  private static void close(@Nullable MappedConnection connection) {
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void mapped(MappedConnection by, TransportAddress address) {
    if (by == successor) {
      close(connection);
      connection = successor;
      successor = null;
    }
    mapped = address;
    retryAfter = FIRST_RETRY;
    patientUntil = Long.MIN_VALUE;
    tellAll();
    succeed();
  }

  /** The rendezvous may be another one by now, and NATs may show it another address. */
  private void succeed() {
    InetSocketAddress server = with.sessions().rendezvous().getNow(null);
    MappedConnection present = connection;
    if (server == null || present == null || successor != null || present.leadsTo(server)) {
      return;
    }
    try {
      successor = new MappedConnection(with, this, local, server);
    } catch (IOException e) {
      log.debug("port {} cannot be used towards {}: {}", port(), server, e.toString());
    }
  }

  @Override
  public void lost(MappedConnection lost, IOException why) {
    log.debug("port {} lost its connection to the rendezvous: {}", port(), why.toString());
    if (lost == successor) {
      successor = null;
      return;
    }
    connection = successor;
    successor = null;
    if (mapped != null) {
      patientUntil = with.loop().now() + RENDEZVOUS_PATIENCE;
      tried = false;
    }
    mapped = null;
    if (connection == null) {
      tryLater();
    }
  }

  private void connect() {
    if (with.sessions().isGuarded()) {
      tryLater(); // nobody would answer, and a mapping would help nobody
      return;
    }
    CompletableFuture<InetSocketAddress> server = with.sessions().rendezvous();
    if (!server.isDone()) {
      retry = with.loop().at(with.loop().now() + RENDEZVOUS_PATIENCE, this::tellAll);
    }
    server.whenCompleteAsync((address, problem) -> connect(address, problem), with.loop());
  }

  private void connect(@Nullable InetSocketAddress server, @Nullable Throwable problem) {
    if (closed) {
      return;
    }
    if (server == null) {
      log.debug("port {} has no rendezvous to connect to: {}", port(), String.valueOf(problem));
      tryLater();
      return;
    }
    try {
      connection = new MappedConnection(with, this, local, server);
    } catch (IOException e) {
      log.debug("port {} cannot be used towards the rendezvous: {}", port(), e.toString());
      tryLater();
    }
  }

  private void tryLater() {
    mapped = null;
    long now = with.loop().now();
    if (now < patientUntil) {
      retry = with.loop().at(now + SOON, this::connect);
      return;
    }
    retry = with.loop().at(now + retryAfter, this::connect);
    retryAfter = Math.min(2 * retryAfter, LAST_RETRY);
    tellAll();
  }

  private void tellAll() {
    tried = true;
    List<Runnable> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(Runnable::run);
  }
}
