package io.bradawl.runtime.relay;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.splice.SpliceLoops;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP allocation of this process: got when it may be needed, kept while it is in use and a
 * while longer, shared by all sessions. Only to be used on the driver loop.
 */
public final class TcpRelay implements TcpAllocation.Owner {

  private static final Logger log = LoggerFactory.getLogger("bradawl.relay");

  /** How long an allocation that is of no use is kept for the next connect. */
  static final Duration IDLE = Duration.ofSeconds(60);

  /** After all servers have failed; whoever connects meanwhile does without. */
  private static final long REST = Duration.ofSeconds(5).toNanos();

  private final DriverLoop loop;
  private final @Nullable Surroundings with;
  private final Map<SessionId, RelayUse> uses = new HashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private @Nullable RelaySearch search;
  private @Nullable TcpAllocation allocation;
  private DriverLoop.@Nullable Timer idle;
  private long restUntil;
  private int held;

  /**
   * A relay that does nothing before it is asked for.
   *
   * @param turn how servers are reached; {@code null} if there are none
   * @param tunnels where connections to servers that are reached by TLS live
   */
  public TcpRelay(
      DriverLoop loop, @Nullable TurnAccess turn, SpliceLoops tunnels, RandomGenerator random) {
    this.loop = loop;
    this.with = turn == null ? null : new Surroundings(turn, tunnels, random);
    this.restUntil = loop.now();
  }

  /** An application connects, or is connected to: begins to get an allocation if there is none. */
  public void prepare() {
    if (with == null) {
      return;
    }
    stayAwake();
    if (allocation != null || search != null || loop.now() < restUntil) {
      return;
    }
    List<TurnServer> usable = with.turn().servers().streams();
    if (!usable.isEmpty()) {
      search = new RelaySearch(with, usable, this);
      search.start();
    }
  }

  /**
   * Runs {@code then} as soon as it is known whether there is an allocation, at once if nobody is
   * looking for one, and after {@code patience} in any case.
   */
  public void whenTried(Duration patience, Runnable then) {
    if (search == null || patience.isZero()) {
      then.run();
      return;
    }
    Once once = new Once(then);
    waiting.add(once);
    loop.at(loop.now() + patience.toNanos(), once);
  }

  /** Where this process can be reached through the relay; none if there is no allocation now. */
  public List<Candidate> candidates() {
    TcpAllocation present = allocation;
    return present == null
        ? List.of()
        : present.relayed().stream()
            .map(address -> new Candidate(Candidate.Kind.RELAYED, address))
            .toList();
  }

  /** A session begins to need the relay. */
  public RelayUse use(SessionId session, RelayUse.Taker taker) {
    RelayUse use = new RelayUse(this, session, taker);
    uses.put(session, use);
    return use;
  }

  void ended(RelayUse use) {
    uses.remove(use.session(), use);
    stayAwake();
  }

  Runnable hold() {
    held++;
    Once release =
        new Once(
            () -> {
              held--;
              stayAwake();
            });
    return () -> loop.execute(release);
  }

  void permit(InetAddress peer) {
    if (allocation != null) {
      allocation.permit(peer);
    }
  }

  void forbid(InetAddress peer) {
    if (allocation != null) {
      allocation.forbid(peer);
    }
  }

  void connect(TransportAddress peer, RelayUse.Connecting outcome) {
    if (allocation != null) {
      allocation.connect(peer, outcome);
    } else {
      outcome.failed("there is no relay");
    }
  }

  @Override
  public void allocated(TcpAllocation got) {
    if (got != allocation) {
      log.info("relay for TCP at {}, relayed address {}", got.server(), got.relayed());
      allocation = got;
      searched();
    }
  }

  @Override
  public void failed(TcpAllocation lost, String why) {
    if (lost == allocation) {
      log.info("the relay for TCP at {} is lost: {}", lost.server(), why);
      allocation = null;
    }
  }

  /** None of the servers gives an allocation. */
  void exhausted(String why) {
    log.warn("no relay for TCP: {}", why);
    restUntil = loop.now() + REST;
    searched();
  }

  @Override
  public void attempted(RelayedConnection connection, Octets first) {
    SessionId session = Proof.sessionOf(first.asByteBuffer());
    RelayUse use = session == null ? null : uses.get(session);
    if (use == null) {
      DataConnection.abort(connection.channel()); // too late, or nobody's
    } else {
      use.take(connection, first);
    }
  }

  private void searched() {
    search = null;
    List<Runnable> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(Runnable::run);
  }

  private void stayAwake() {
    if (idle != null) {
      idle.cancel();
    }
    idle = loop.at(loop.now() + IDLE.toNanos(), this::releaseIfIdle);
  }

  private void releaseIfIdle() {
    TcpAllocation unused = allocation;
    if (unused != null && uses.isEmpty() && held == 0) {
      log.debug("the relay for TCP at {} is not needed any more", unused.server());
      allocation = null;
      unused.release();
    }
  }

  /** Whoever comes second finds it done. */
  private static final class Once implements Runnable {

    private final Runnable task;
    private boolean done;

    Once(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (!done) {
        done = true;
        task.run();
      }
    }
  }
}
