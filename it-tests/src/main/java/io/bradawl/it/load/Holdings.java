package io.bradawl.it.load;

import io.bradawl.it.load.client.RegisteredPeer;
import io.bradawl.it.load.client.TurnSession;
import io.bradawl.it.load.measure.Memory;
import io.bradawl.it.load.measure.Usage;
import io.bradawl.it.load.subject.Subject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a server holds, and what each of it takes. */
final class Holdings {

  private static final InetSocketAddress PEER = new InetSocketAddress(Subject.PEER, 9999);
  private static final int FIRST = 500;
  private static final int COMPILED_AFTER = 3000;
  private static final int KIBI = 1024;
  private static final Duration KEPT = Duration.ofSeconds(75);
  private static final Duration OFFERING = Duration.ofSeconds(5);
  private static final int OFFERERS = 500;
  private static final int ROUNDS = 5;

  private Holdings() {}

  /** Allocations with a channel each. The first ones make the server load what it needs. */
  static void allocations(Subject server, int count) throws IOException {
    TurnSession.Desk desk = new TurnSession.Desk(Subject.USER, Subject.PASSWORD);
    List<TurnSession> sessions = new ArrayList<>();
    try {
      open(sessions, desk, server, FIRST);
      Memory before = server.memory();
      open(sessions, desk, server, count);
      Memory after = server.memory();
      System.out.printf(
          "  %-8s %,d allocations with a channel, KiB each: %.1f%n",
          server.name(), count, after.each(before, count) / KIBI);
    } finally {
      sessions.forEach(TurnSession::close);
    }
  }

  private static void open(
      List<TurnSession> sessions, TurnSession.Desk desk, Subject server, int count) {
    for (int i = 0; i < count; i++) {
      sessions.add(TurnSession.open(desk, server.address(), PEER));
    }
  }

  /** Registered peers: memory, then offers among some of them, then all of them kept alive. */
  static void peers(Subject server, int count) throws IOException {
    comeAndGo(server);
    List<RegisteredPeer> peers = new ArrayList<>();
    try {
      register(peers, server, FIRST);
      Memory before = server.memory();
      Usage.Reading start = server.usage().read();
      register(peers, server, count);
      Usage.Spent spent = server.usage().read().since(start);
      Memory after = server.memory();
      System.out.printf(
          "  %,d peers registered, KiB each: %.2f (%.2f of it heap); CPU us of the server: %.0f%n",
          count,
          after.each(before, count) / KIBI,
          after.liveEach(before, count) / KIBI,
          1e6 * spent.server() / count);
      offers(server, peers);
      keep(server, peers);
    } finally {
      for (RegisteredPeer peer : peers) {
        peer.close();
      }
    }
  }

  /** By then the server has compiled what it does for peers: that is no memory of theirs. */
  private static void comeAndGo(Subject server) throws IOException {
    List<RegisteredPeer> peers = new ArrayList<>();
    register(peers, server, COMPILED_AFTER);
    for (RegisteredPeer peer : peers) {
      peer.close();
    }
  }

  private static void register(List<RegisteredPeer> peers, Subject server, int count)
      throws IOException {
    long due = System.nanoTime() + RegisteredPeer.SIGN_OF_LIFE.toNanos();
    for (int i = 0; i < count; i++) {
      peers.add(RegisteredPeer.register(server.address(), peers.size()));
      if (System.nanoTime() - due > 0) {
        due += RegisteredPeer.SIGN_OF_LIFE.toNanos();
        RegisteredPeer.live(peers);
      }
    }
  }

  /** Each of some peers offers to the next; a peer may send 100 messages a second. */
  private static void offers(Subject server, List<RegisteredPeer> peers) throws IOException {
    int routed = 0;
    Usage.Reading start = server.usage().read();
    int groups = peers.size() / OFFERERS;
    for (int round = 0; round < groups * ROUNDS; round++) {
      if (System.nanoTime() - start.nanos() > OFFERING.toNanos()) {
        break;
      }
      int first = round % groups * OFFERERS;
      for (int i = 0; i < OFFERERS; i++) {
        peers.get(first + i).offer(peers.get(first + (i + 1) % OFFERERS).id(), round);
      }
      for (int i = 0; i < OFFERERS; i++) {
        routed += peers.get(first + i).hear() ? 1 : 0;
      }
    }
    Usage.Spent spent = server.usage().read().since(start);
    System.out.printf(
        "  %,d offers routed, %,.0f/s, %,.0f per CPU second of the server (loader: %,.0f)%n",
        routed, routed / spent.wall(), routed / spent.server(), routed / spent.loader());
  }

  /** For longer than a server bears silence, with the sign of life that agents send. */
  private static void keep(Subject server, List<RegisteredPeer> peers) throws IOException {
    Usage.Reading start = server.usage().read();
    int alive = 0;
    while (System.nanoTime() - start.nanos() < KEPT.toNanos()) {
      long next = System.nanoTime() + RegisteredPeer.SIGN_OF_LIFE.toNanos();
      alive = RegisteredPeer.live(peers);
      pause(next - System.nanoTime());
    }
    Usage.Spent spent = server.usage().read().since(start);
    System.out.printf(
        "  %,d of %,d peers alive after %.0f s, %.1f %% of one core%n",
        alive, peers.size(), spent.wall(), 100 * spent.server() / spent.wall());
  }

  private static void pause(long nanos) throws IOException {
    try {
      Thread.sleep(Math.max(0, Duration.ofNanos(nanos).toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
