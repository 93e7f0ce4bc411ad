package io.bradawl.rendezvous.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.rendezvous.directory.Directory;
import io.bradawl.rendezvous.directory.Outlet;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.directory.Registry;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registrations of all nodes that share a Redis. Each node holds those of its own peers in
 * memory and enters them there; who is looked for is asked for there, each time. So a node costs
 * what its own peers cost, however many nodes there are.
 *
 * <p>Nothing is taken from Redis that this node can know itself. While Redis is away the node
 * serves its own peers alone, and enters all of them again when Redis is back, whatever that has
 * forgotten. Signals to other nodes may be lost, as on any way between peers; peers repeat them.
 *
 * <p>All state belongs to one thread.
 */
public final class ClusterRegistry<C extends Outlet> implements Registry<C> {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  /** Parcels that wait for the thread; what comes beyond is dropped. */
  private static final int MOST_WAITING = 10_000;

  private static final byte[] NO_ORDER = {};

  private final Directory<C> here;
  private final ScheduledExecutorService thread;
  private final Neighbour neighbour;
  private final NodeId node = NodeId.draw();
  private final Quota quota;
  private final Telemetry telemetry;
  private final Redis redis;
  private final Pulse pulse;
  private final Arrears<C> arrears;
  private final Map<PeerInstance, byte[]> orders = new HashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closing;

  /**
   * Begins to connect, and goes on until it is closed.
   *
   * @param here what is registered at this node
   * @param thread to which everything belongs
   * @param telemetry is told whether Redis is there
   */
  public ClusterRegistry(
      ClusterSettings settings,
      Quota quota,
      Directory<C> here,
      ScheduledExecutorService thread,
      Neighbour neighbour,
      Telemetry telemetry) {
    this.here = here;
    this.thread = thread;
    this.neighbour = neighbour;
    this.quota = quota;
    this.telemetry = telemetry;
    this.redis = new Redis(settings, node.channel(), this::received, telemetry);
    this.arrears = new Arrears<>(here, thread, this::enterAgain);
    this.pulse = new Pulse(settings, node, redis, thread, telemetry, arrears::settle);
    LOG.info("node {} of the cluster at {}", node, settings.place());
  }

  @Override
  public void enter(Registration<C> registration, boolean fresh, Consumer<Entry> then) {
    if (fresh) {
      orders.remove(registration.self());
    }
    write(registration)
        .whenCompleteAsync(
            (verdict, problem) -> then.accept(entered(registration, verdict)), thread);
  }

  private CompletionStage<List<byte[]>> write(Registration<C> registration) {
    return redis.run(
        Script.ENTER,
        Enrolment.keys(registration),
        Enrolment.field(registration.self()),
        node.octets(),
        orders.getOrDefault(registration.self(), NO_ORDER),
        Enrolment.message(registration),
        number(quota.lifetime().toMillis()),
        number(quota.processesPerPeer()),
        number(quota.holdersOfName()));
  }

  private Entry entered(Registration<C> registration, @Nullable List<byte[]> verdict) {
    if (verdict == null) {
      arrears.grow();
      return Entry.ENTERED;
    }
    String word = text(verdict.get(0));
    return switch (word) {
      case "GONE" -> Entry.GONE;
      case "PROCESSES" -> Entry.TOO_MANY_PROCESSES;
      case "NAME" -> Entry.NAME_TAKEN;
      default -> {
        ordered(registration, verdict.get(1));
        if (verdict.get(2).length > 0) {
          redis.publish(
              NodeId.channelOf(text(verdict.get(2))),
              Parcel.moved(registration.self(), verdict.get(1)));
        }
        yield Entry.ENTERED;
      }
    };
  }

  private void ordered(Registration<C> registration, byte[] order) {
    Registration<C> now = here.of(registration.self());
    if (now == null) {
      remove(registration, order); // it has left meanwhile
    } else if (now.connection() == registration.connection()) {
      orders.put(registration.self(), order);
    }
  }

  @Override
  public void leave(Registration<C> gone) {
    byte[] order = orders.remove(gone.self());
    if (order != null && !closing) {
      remove(gone, order);
    }
  }

  private void remove(Registration<C> gone, byte[] order) {
    byte[][] keys = Enrolment.keys(gone);
    byte[] field = Enrolment.field(gone.self());
    Arrears.Removal removal = () -> redis.run(Script.LEAVE, keys, field, node.with(order));
    removal
        .perform()
        .whenCompleteAsync(
            (done, problem) -> {
              if (problem != null) {
                arrears.add(removal);
              }
            },
            thread);
  }

  private void enterAgain(Registration<C> registration) {
    enter(
        registration,
        false,
        entry -> {
          if (entry == Entry.GONE) {
            neighbour.moved(registration.self());
          }
        });
  }

  @Override
  public void find(
      @Nullable AccessKey asking,
      PeerRef whom,
      Consumer<List<? extends Registration<? extends Outlet>>> then) {
    if (whom instanceof PeerName && asking == null) {
      then.accept(List.of());
      return;
    }
    byte[] key =
        whom instanceof PeerName name && asking != null
            ? Enrolment.nameKey(asking, name)
            : Enrolment.peerKey((PeerId) whom);
    redis
        .run(Script.FIND, new byte[][] {key})
        .whenCompleteAsync(
            (values, problem) -> then.accept(merge(here.holders(asking, whom), values)), thread);
  }

  private List<? extends Registration<? extends Outlet>> merge(
      Collection<Registration<C>> local, @Nullable List<byte[]> values) {
    Holders holders = new Holders(local);
    for (byte[] value : values == null ? List.<byte[]>of() : values) {
      Enrolment entry = Enrolment.decode(value);
      if (entry != null && node.is(entry.node())) {
        holders.here(entry);
      } else if (entry != null) {
        holders.there(entry, through(entry.node(), entry.said().self()));
      }
    }
    return holders.newestFirst();
  }

  @Override
  public void find(PeerInstance who, Consumer<@Nullable Registration<? extends Outlet>> then) {
    Registration<C> local = here.of(who);
    if (local != null) {
      then.accept(local);
      return;
    }
    find(
        null,
        who.id(),
        holders ->
            then.accept(
                holders.stream().filter(peer -> peer.self().equals(who)).findFirst().orElse(null)));
  }

  private Outlet through(String other, PeerInstance to) {
    byte[] channel = NodeId.channelOf(other);
    return indication -> {
      telemetry.count(Measure.CLUSTER_SIGNALS_OUT);
      redis.publish(channel, Parcel.encode(to, indication));
      return true;
    };
  }

  /** On a thread of the Redis client. */
  private void received(byte[] octets) {
    Parcel parcel = Parcel.decode(octets);
    if (parcel == null || closing) {
      return;
    }
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return;
    }
    try {
      thread.execute(
          () -> {
            waiting.decrementAndGet();
            open(parcel);
          });
    } catch (RejectedExecutionException e) {
      // The server has just been closed.
    }
  }

  private void open(Parcel parcel) {
    PeerInstance who = parcel.to();
    if (parcel instanceof Parcel.Carried carried) {
      telemetry.count(Measure.CLUSTER_SIGNALS_IN);
      neighbour.arrived(who, carried.indication());
    } else if (parcel instanceof Parcel.Moved moved) {
      byte[] order = orders.get(who);
      if (order != null && text(order).compareTo(moved.order()) < 0) {
        orders.remove(who);
        neighbour.moved(who);
      }
    }
  }

  private static byte[] number(long number) {
    return Enrolment.text(Long.toString(number));
  }

  private static String text(byte[] octets) {
    return new String(octets, US_ASCII);
  }

  /** Peers that are still registered here count as being on their way to another node. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    pulse.close();
    redis.close();
  }
}
