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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP allocation of this process: got when it may be needed, kept while it is in use and a
 * while longer, shared by all sessions. Only to be used on the driver loop.
 *
 * <p>Between two relayed addresses there can be one connection only. So where this side gets out to
 * its relay only, and the other side may be no better off, each connect {@link #take}s an
 * allocation for itself.
 */
public final class TcpRelay implements TcpAllocation.Owner {

  private static final Logger log = LoggerFactory.getLogger("bradawl.relay");

  /** How long an allocation that is of no use is kept for the next connect. */
  static final Duration IDLE = Duration.ofSeconds(60);

  /** How long a server may take to say whether it still knows an allocation. */
  private static final Duration ANSWER = Duration.ofSeconds(4);

  /** After all servers have failed; whoever connects meanwhile does without. */
  private static final long REST = Duration.ofSeconds(5).toNanos();

  /** Allocations that serve one connect each, beside the present one; more connects share. */
  private static final int MAX_SET_ASIDE = 15;

  private final DriverLoop loop;
  private final @Nullable Surroundings with;
  private final Map<SessionId, RelayUse> uses = new HashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private @Nullable RelaySearch search;
  private final List<Lease> setAside = new ArrayList<>();
  private @Nullable Lease present;
  private DriverLoop.@Nullable Timer idle;
  private long restUntil;

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
    if (present != null || search != null || loop.now() < restUntil) {
      return;
    }
    List<TurnServer> usable = with.turn().servers().streams();
    if (!usable.isEmpty()) {
      search = new RelaySearch(with, usable, this, RelaySearch.PATIENCE);
      search.start();
    }
  }

  /**
   * Takes the present allocation for one connect, unless another one has.
   *
   * @return whether {@link #candidates} are now this connect's alone, as far as that is possible;
   *     if not, another allocation is being sought
   */
  public boolean take() {
    Lease lease = present;
    if (lease == null) {
      return search == null;
    }
    if (!lease.isTaken() || setAside.size() >= MAX_SET_ASIDE) {
      lease.take();
      return true;
    }
    setAside.add(lease);
    present = null;
    prepare();
    return search == null;
  }

  /**
   * The rendezvous was lost, and found again or another one in its place. What lost it may have cut
   * off the relay as well; and whoever is looking for one may be asking servers that are gone,
   * which where little gets through takes long to see.
   */
  public void rendezvousChanged() {
    restUntil = loop.now();
    doubt();
    RelaySearch vain = search;
    if (vain == null) {
      return;
    }
    vain.abandon();
    search = null;
    prepare();
    if (search == null) {
      searched();
    }
  }

  /**
   * Nothing seems to get through: asks the server for a sign of life. A NAT that was started anew
   * cuts the connection to it and tells neither end, so that nobody hears of peers that connect.
   */
  void doubt() {
    Lease lease = present;
    if (lease != null) {
      lease.allocation().check(ANSWER, () -> distrust(lease));
    }
  }

  /** Others than these connections, which may come through yet, get another allocation. */
  private void distrust(Lease silent) {
    if (present != silent) {
      return;
    }
    log.info("the relay for TCP at {} does not answer", silent.allocation().server());
    present = null;
    if (silent.isUnused()) {
      silent.allocation().release();
    } else {
      setAside.add(silent);
      prepare();
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
    Lease lease = present;
    return lease == null
        ? List.of()
        : lease.allocation().relayed().stream()
            .map(address -> new Candidate(Candidate.Kind.RELAYED, address))
            .toList();
  }

  /**
   * A session begins to need the relay.
   *
   * @param told this side's candidates: whose relayed address is among them serves the session
   */
  public RelayUse use(SessionId session, List<Candidate> told, RelayUse.Taker taker) {
    Lease lease = leaseOf(told);
    if (lease != null) {
      lease.enter();
    }
    RelayUse use = new RelayUse(this, lease, session, taker);
    uses.put(session, use);
    return use;
  }

  private @Nullable Lease leaseOf(List<Candidate> told) {
    Set<TransportAddress> addresses =
        told.stream().map(Candidate::address).collect(Collectors.toSet());
    return setAside.stream()
        .filter(lease -> lease.allocation().relayed().stream().anyMatch(addresses::contains))
        .findFirst()
        .orElse(present);
  }

  void ended(RelayUse use) {
    uses.remove(use.session(), use);
    left(use.lease());
  }

  Runnable hold(@Nullable Lease lease) {
    if (lease != null) {
      lease.enter();
    }
    Once release = new Once(() -> left(lease));
    return () -> loop.execute(release);
  }

  private void left(@Nullable Lease lease) {
    if (lease != null) {
      lease.leave();
    }
    if (lease != null && lease.isUnused() && setAside.remove(lease)) {
      lease.allocation().release();
    }
    stayAwake();
  }

  @Override
  public void allocated(TcpAllocation got) {
    boolean known = setAside.stream().anyMatch(lease -> lease.allocation() == got);
    if (!known && (present == null || present.allocation() != got)) {
      log.info("relay for TCP at {}, relayed address {}", got.server(), got.relayed());
      present = new Lease(got);
      searched();
    }
  }

  @Override
  public void failed(TcpAllocation lost, String why) {
    boolean aside = setAside.removeIf(lease -> lease.allocation() == lost);
    if (aside || present != null && present.allocation() == lost) {
      log.info("the relay for TCP at {} is lost: {}", lost.server(), why);
      present = aside ? present : null;
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
    List<Lease> unused = new ArrayList<>(setAside);
    Lease last = present;
    if (last != null && uses.isEmpty()) {
      unused.add(last);
    }
    unused.removeIf(lease -> !lease.isUnused());
    setAside.removeAll(unused);
    present = last != null && unused.contains(last) ? null : last;
    for (Lease lease : unused) {
      log.debug("the relay for TCP at {} is not needed any more", lease.allocation().server());
      lease.allocation().release();
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
