package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.signal.RendezvousServer;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What NATs make of a socket's address: asks the rendezvous with STUN Binding requests from that
 * very socket (RFC 8489 section 6.2.1), and goes on asking while {@link #keep} says so, which also
 * keeps the mapping alive.
 */
final class Mapping {

  static final Duration KEEPALIVE = Duration.ofSeconds(20);

  /** The first pause after nobody has answered; doubles up to the pause between keepalives. */
  private static final Duration RETRY = Duration.ofMillis(500);

  /** After so many requests in a row without answer UDP is taken to be blocked. */
  private static final int BLOCKED = 3;

  /** How long an answer holds: NATs keep UDP mappings for longer (RFC 4787 section 4.3). */
  private static final Duration FRESH = Duration.ofSeconds(25);

  /** Waits after each transmission; after the last of them the request has failed. */
  private static final List<Duration> WAITS =
      List.of(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));

  /** How long to wait for the first connection to the rendezvous. */
  private static final Duration REACHING = Duration.ofSeconds(5);

  private static final Duration LOOKING_AGAIN = Duration.ofMillis(100);

  private final AppDatagramSocket socket;
  private final Surroundings with;
  private final Runnable changed;
  private final List<Consumer<@Nullable TransportAddress>> waiting = new ArrayList<>();

  /** How many requests late answers are still known by. */
  private static final int REMEMBERED = 8;

  /**
   * The last requests, the newest first, read by the application's threads too. They stay when they
   * are over, because an answer may follow the first one, or come when it is not waited for any
   * more, and is not the application's either.
   */
  private volatile List<Request> requests = List.of();

  /** Whether there is an answer to be had: {@code mapped}, or that nobody answered. */
  private boolean known;

  /** The rendezvous that was asked first, before other servers. */
  private @Nullable InetSocketAddress rendezvous;

  private Iterator<RendezvousServer> others = Collections.emptyIterator();

  private @Nullable TransportAddress mapped;

  /** Requests in a row that nobody has answered. */
  private int failures;

  private long learnedAt;
  private boolean asking;
  private boolean kept;
  private DriverLoop.@Nullable Timer timer;

  /** How often the newest request has been sent. */
  private int sent;

  private record Request(TransactionId transaction, InetSocketAddress server) {}

  Mapping(AppDatagramSocket socket, Surroundings with, Runnable changed) {
    this.socket = socket;
    this.with = with;
    this.changed = changed;
  }

  /**
   * Calls {@code then}, at once if the answer is fresh and came from the rendezvous in use, with
   * the mapped address or {@code null} if nobody answers. Another rendezvous may see another
   * address (RFC 4787 section 4.1). Silence is no answer: it is asked again, and waited for, until
   * UDP seems to be blocked; on a busy machine one request may go unanswered for other reasons.
   */
  void learn(Consumer<@Nullable TransportAddress> then) {
    boolean fresh = known && with.loop().now() - learnedAt < FRESH.toNanos();
    if (fresh && isOfPresentServer() && (mapped != null || failures >= BLOCKED)) {
      then.accept(mapped);
      return;
    }
    waiting.add(then);
    if (!asking) {
      ask();
    }
  }

  /** What is known may not be true any more: it is asked for again before it is told. */
  void doubt() {
    learnedAt = with.loop().now() - FRESH.toNanos();
  }

  /** Whether the mapping is to be kept alive from now on. */
  void keep(boolean wanted) {
    kept = wanted;
    if (wanted && timer == null) {
      timer = with.loop().at(with.loop().now() + pause(), this::ask);
    }
  }

  private long pause() {
    long keepalive = KEEPALIVE.toNanos();
    return mapped != null
        ? keepalive
        : Math.min(keepalive, RETRY.toNanos() << Math.min(failures, 6));
  }

  /** Whether nobody has answered the last time, so that waiting for it may be vain. */
  boolean isSilent() {
    return known && mapped == null;
  }

  boolean isAsking() {
    return asking;
  }

  void close() {
    kept = false;
    asking = false;
    waiting.clear();
    cancelTimer();
  }

  /**
   * Whether the datagram answers one of the last requests. On the application's threads.
   *
   * @return the response, or {@code null} if it is none of ours
   */
  @Nullable StunMessage response(ByteBuffer datagram, TransportAddress from) {
    List<Request> asked = requests;
    InetSocketAddress server = new InetSocketAddress(from.ip(), from.port());
    if (asked.stream().noneMatch(request -> request.server.equals(server))) {
      return null;
    }
    try {
      StunMessage message = StunDecoder.decode(datagram);
      return asked.contains(new Request(message.transaction(), server)) ? message : null;
    } catch (WireFormatException e) {
      return null;
    }
  }

  /** Takes in what {@link #response} has found, late or not. On the driver loop. */
  void answered(StunMessage response) {
    Request asked = last();
    boolean repeated = !asking && mapped != null;
    if (repeated || asked == null || !response.transaction().equals(asked.transaction)) {
      return;
    }
    XorMappedAddress address = response.first(XorMappedAddress.class);
    if (response.is(StunClass.SUCCESS, StunMethod.BINDING) && address != null) {
      mapped = address.address();
      with.reach().answeredOver(TurnServer.Carrier.UDP);
    }
    failures = 0;
    finish();
  }

  private boolean isOfPresentServer() {
    Request asked = last();
    InetSocketAddress server = with.sessions().rendezvous().getNow(null);
    return asked == null
        || server == null
        || asked.server.equals(server)
        || !asked.server.equals(rendezvous);
  }

  private void ask() {
    asking = true;
    reach(with.loop().now() + (known ? 0 : REACHING.toNanos()));
    changed.run();
  }

  /** Looks again and again rather than being told, so that nothing holds on to a closed socket. */
  private void reach(long deadline) {
    cancelTimer();
    CompletableFuture<InetSocketAddress> server = with.sessions().rendezvous();
    long now = with.loop().now();
    if (server.isDone() && !server.isCompletedExceptionally()) {
      rendezvous = server.join();
      others = with.stun().iterator();
      ask(rendezvous);
    } else if (now < deadline) {
      timer = with.loop().at(now + LOOKING_AGAIN.toNanos(), () -> reach(deadline));
    } else {
      mapped = null;
      finish();
    }
  }

  private void ask(InetSocketAddress server) {
    Request next = new Request(TransactionId.draw(with.random()), server);
    requests = Stream.concat(Stream.of(next), requests.stream()).limit(REMEMBERED).toList();
    sent = 0;
    transmit();
  }

  private @Nullable Request last() {
    return requests.isEmpty() ? null : requests.get(0);
  }

  private void transmit() {
    Request asked = last();
    if (asked == null) {
      return;
    }
    StunMessage message = StunMessage.request(StunMethod.BINDING, asked.transaction);
    if (sent == WAITS.size() || !socket.send(StunEncoder.encode(message), asked.server)) {
      fail();
      return;
    }
    cancelTimer();
    long wait = WAITS.get(sent++).toNanos();
    timer = with.loop().at(with.loop().now() + wait, this::transmit);
  }

  /** The next server is asked, if there is one. */
  private void fail() {
    cancelTimer();
    TurnAccess outside = with.turn();
    if (outside != null && others.hasNext()) {
      RendezvousServer next = others.next();
      outside.resolve(next.host(), next.port(), this::found);
    } else {
      failures++;
      mapped = null;
      finish();
    }
  }

  private void found(@Nullable InetSocketAddress server) {
    if (asking && server != null) {
      ask(server);
    } else if (asking) {
      fail();
    }
  }

  private void finish() {
    asking = false;
    known = true;
    learnedAt = with.loop().now();
    cancelTimer();
    List<Consumer<@Nullable TransportAddress>> told = List.copyOf(waiting);
    waiting.clear();
    TransportAddress result = mapped;
    told.forEach(then -> then.accept(result));
    keep(kept);
    changed.run();
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
