package io.bradawl.runtime.splice;

import io.bradawl.protocol.seal.Relaying;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamSealer;
import io.bradawl.protocol.seal.StreamWindow;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins an application to the connection to its peer, sealing one direction and opening the other.
 *
 * <p>What happens at one end is to look at the other end as if there were one connection only:
 *
 * <ul>
 *   <li>The end of an input (FIN) becomes an END record, then a FIN; but no FIN over a relay, where
 *       the first one may end both directions. An END record, and nothing else, becomes a FIN for
 *       the application. The other direction goes on.
 *   <li>A reset of either leg resets the other, after whatever came before it and can be passed on
 *       without waiting. So does a connection that ends without an END record, and one whose
 *       records do not open: nobody on the way can make an application believe that it has got all.
 *   <li>A leg is read only when all that was read before has been written to the other: whoever
 *       reads slowly slows down the writer at the far end. Over some relays that is done by a
 *       {@link StreamWindow}.
 * </ul>
 *
 * <p>All of it happens on one thread of the {@link SpliceLoops}.
 */
public final class Splice {

  private static final Logger log = LoggerFactory.getLogger("bradawl.splice");

  /** What was written by now is with us by then, even if Nagle's algorithm held it back. */
  private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * A relay (coturn does) may drop what it has not passed on yet as soon as one side closes, so the
   * last octets are given a head start.
   */
  private static final long RELAY_LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Bounds what an endless stream can say last: 16 MiB. */
  private static final int LAST_TURNS = 64;

  private final SpliceLoops loops;
  private final SpliceLoop loop;
  private final String name;
  private final Consumer<SpliceEnd> ended;
  private final Leg application;
  private final Leg peer;
  private final StreamWindow window;
  private final Outbound outbound;
  private final Inbound inbound;
  private final boolean relayed;
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private boolean over;

  private Splice(
      SpliceLoops loops,
      SocketChannel own,
      SocketChannel remote,
      Relaying relaying,
      StreamSealer sealer,
      StreamOpener opener,
      String name,
      Consumer<SpliceEnd> ended) {
    this.loops = loops;
    this.loop = loops.enter();
    this.name = name;
    this.ended = ended;
    this.relayed = relaying != Relaying.DIRECT;
    application = new Leg(loop, own, SpliceEnd.RESET_BY_APPLICATION, true);
    peer = new Leg(loop, remote, SpliceEnd.RESET_BY_PEER, !relayed);
    window = new StreamWindow(relaying);
    outbound = new Outbound(application, peer, loop.blocks(), sealer, window);
    inbound = new Inbound(peer, application, loop.blocks(), opener, window);
  }

  /**
   * Splices a connection that has been proven. From any thread.
   *
   * @param peer connected, non-blocking, in no selector; taken over, and closed if this fails, as
   *     are the seals
   * @param relaying what is between this connection and the peer's, as far as is known here
   * @param name of the peer, for the log
   * @param ended is told once, on the splice's thread, after both connections were closed
   * @return the application's end: connected, blocking, with the options of a new socket. Its
   *     addresses are those of the loopback connection.
   * @throws IOException if there are no file descriptors or no loopback
   */
  public static SocketChannel open(
      SpliceLoops loops,
      SocketChannel peer,
      Relaying relaying,
      StreamSealer sealer,
      StreamOpener opener,
      String name,
      Consumer<SpliceEnd> ended)
      throws IOException {
    try {
      LoopbackPair pair = pair(peer);
      Splice splice = new Splice(loops, pair.own(), peer, relaying, sealer, opener, name, ended);
      splice.loop.driver().execute(splice::start);
      return pair.application();
    } catch (IOException | RuntimeException e) {
      sealer.close();
      opener.close();
      peer.close();
      throw e;
    }
  }

  private static LoopbackPair pair(SocketChannel peer) throws IOException {
    peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
    LoopbackPair pair = LoopbackPair.open();
    try {
      pair.own().configureBlocking(false);
      pair.own().setOption(StandardSocketOptions.TCP_NODELAY, true);
      return pair;
    } catch (IOException e) {
      pair.close();
      throw e;
    }
  }

  private void start() {
    loop.splices().add(this);
    try {
      application.start(ops -> ready(ops, outbound, inbound), this::fail);
      peer.start(ops -> ready(ops, inbound, outbound), this::fail);
      pump(outbound);
    } catch (SpliceFailure e) {
      fail(e);
    }
  }

  /** A leg is ready: to be read by {@code from} it, to be written by {@code to} it. */
  private void ready(int ops, Flow from, Flow to) {
    if ((ops & SelectionKey.OP_WRITE) != 0) {
      pump(to);
    }
    if ((ops & SelectionKey.OP_READ) != 0) {
      pump(from);
    }
  }

  private void pump(Flow flow) {
    if (over) {
      return;
    }
    try {
      flow.pump();
      if (window.hasNews() || outbound.isHeldBack()) {
        outbound.pump();
      }
      if (outbound.isImpatient()) {
        loop.driver().execute(() -> pump(outbound));
      }
      if (outbound.isDone()) {
        sent.complete(null);
      }
      if (outbound.isDone() && inbound.isDone()) {
        finish();
      }
    } catch (SpliceFailure e) {
      fail(e);
    } catch (RuntimeException | OutOfMemoryError e) {
      log.error("the connection with {} is reset", name, e);
      fail(new SpliceFailure(SpliceEnd.FAILED, e.toString()));
    }
  }

  /** Both directions have ended in order. */
  private void finish() {
    over = true;
    application.close();
    if (relayed) {
      loop.driver().at(loop.driver().now() + RELAY_LINGER_NANOS, this::closePeer);
    } else {
      closePeer();
    }
  }

  private void closePeer() {
    peer.close();
    end(SpliceEnd.CLOSED);
  }

  private void fail(SpliceFailure failure) {
    if (over) {
      return;
    }
    report(failure);
    lastWords(outbound);
    lastWords(inbound);
    application.reset();
    peer.reset();
    end(failure.end());
  }

  /** A reset comes after what was sent before it, as far as that needs no waiting. */
  private static void lastWords(Flow flow) {
    try {
      int turns = 0;
      while (flow.pump() && turns < LAST_TURNS) {
        turns++;
      }
    } catch (SpliceFailure | RuntimeException e) {
      // this is where the flow ends
    }
  }

  private void report(SpliceFailure failure) {
    switch (failure.end()) {
      case ALTERED ->
          log.warn(
              "what arrives from {} is not what it sealed, so the connection is reset: {}",
              name,
              failure.getMessage());
      case CUT -> log.info("the connection with {} is reset: {}", name, failure.getMessage());
      default -> log.debug("the connection with {} is reset: {}", name, failure.getMessage());
    }
  }

  private void end(SpliceEnd how) {
    over = true;
    outbound.release();
    inbound.release();
    loop.splices().remove(this);
    loops.leave(loop);
    sent.complete(null);
    ended.accept(how);
  }

  /** Sends what the application has written so far and ends its direction. On the loop. */
  CompletableFuture<Void> hurry() {
    loop.driver()
        .at(
            loop.driver().now() + SETTLING_NANOS,
            () -> {
              outbound.hurry();
              pump(outbound);
            });
    return sent;
  }

  /** Resets both connections. On the loop. */
  void abandon() {
    fail(new SpliceFailure(SpliceEnd.FAILED, "the agent ends"));
  }
}
