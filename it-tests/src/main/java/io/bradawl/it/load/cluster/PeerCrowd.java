package io.bradawl.it.load.cluster;

import io.bradawl.it.load.client.RegisteredPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A process with as many registered peers as it may have files open. It registers them one after
 * the other, keeps all of them as agents do, and tells on standard output what became of them.
 */
public final class PeerCrowd {

  private static final Duration TURN = Duration.ofMillis(50);

  private final InetSocketAddress node;
  private final InetAddress source;
  private final int first;
  private final int count;
  private final int all;
  private final Random random;
  private final List<RegisteredPeer> peers = new ArrayList<>();
  private final Deque<Kept> waiting = new ArrayDeque<>();
  private long signs;
  private long lost;
  private long offers;
  private long latest;

  /** A peer, and when it shows next that it is there. */
  private static final class Kept {
    private final RegisteredPeer peer;
    private long due = System.nanoTime() + RegisteredPeer.SIGN_OF_LIFE.toNanos();
    private boolean registersNext = true;

    private Kept(RegisteredPeer peer) {
      this.peer = peer;
    }
  }

  private PeerCrowd(InetSocketAddress node, InetAddress source, int first, int count, int all) {
    this.node = node;
    this.source = source;
    this.first = first;
    this.count = count;
    this.all = all;
    this.random = new Random(first);
  }

  /**
   * Arguments: address and port of the node, source address, the first peer's number, how many of
   * how many peers. Commands on standard input: {@code meet N}, {@code report}.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    PeerCrowd crowd =
        new PeerCrowd(
            new InetSocketAddress(args[0], Integer.parseInt(args[1])),
            InetAddress.getByName(args[2]),
            Integer.parseInt(args[3]),
            Integer.parseInt(args[4]),
            Integer.parseInt(args[5]));
    crowd.register();
    crowd.keep();
  }

  private void register() throws IOException {
    while (peers.size() < count) {
      peers.add(RegisteredPeer.register(node, source, first + peers.size(), random));
      waiting.add(new Kept(peers.get(peers.size() - 1)));
      keepThoseThatAreDue();
    }
    System.out.println("registered " + peers.size());
  }

  private void keep() throws IOException, InterruptedException {
    while (System.in.available() >= 0) {
      if (System.in.available() > 0) {
        obey(line());
      }
      keepThoseThatAreDue();
      Thread.sleep(TURN.toMillis());
    }
  }

  private void keepThoseThatAreDue() throws IOException {
    List<Kept> asked = new ArrayList<>();
    long now = System.nanoTime();
    while (!waiting.isEmpty() && waiting.peek().due - now <= 0) {
      Kept kept = waiting.remove();
      latest = Math.max(latest, now - kept.due);
      if (say(kept)) {
        asked.add(kept);
      }
    }
    for (Kept kept : asked) {
      if (hear(kept)) {
        kept.registersNext = !kept.registersNext;
        kept.due = now + RegisteredPeer.SIGN_OF_LIFE.toNanos();
        waiting.add(kept);
      }
    }
  }

  /** A Binding request every 15 s, and REGISTER every 30 s. */
  private boolean say(Kept kept) {
    try {
      kept.peer.live();
      if (kept.registersNext) {
        kept.peer.renew();
      }
      return true;
    } catch (IOException e) {
      return lost(kept, e);
    }
  }

  private boolean hear(Kept kept) {
    try {
      for (int i = kept.registersNext ? 2 : 1; i > 0; i--) {
        if (!kept.peer.hearAnswer(() -> offers++)) {
          return lost(kept, new IOException("refused"));
        }
        signs++;
      }
      return true;
    } catch (IOException e) {
      return lost(kept, e);
    }
  }

  private boolean lost(Kept kept, IOException problem) {
    lost++;
    System.out.println("lost " + kept.peer.id() + ": " + problem.getMessage());
    return false;
  }

  private void obey(String command) throws IOException {
    String[] words = command.split(" ", -1);
    switch (words[0]) {
      case "meet" -> meet(Integer.parseInt(words[1]));
      case "report" ->
          System.out.printf(
              "report here=%d signs=%d offers=%d latest=%d%n",
              peers.size() - lost, signs, offers, Duration.ofNanos(latest).toMillis());
      default -> throw new IOException("unknown command '" + command + "'");
    }
  }

  /** Some of these peers look up one of another crowd each, and offer it a path. */
  private void meet(int sample) throws IOException {
    int found = 0;
    for (int i = 0; i < sample; i++) {
      RegisteredPeer peer = peers.get(i);
      int other = (first + count + i * (all / (sample + 1))) % all;
      peer.lookUp(RegisteredPeer.id(other));
      found += peer.hearAnswer(() -> offers++) ? 1 : 0;
      peer.offer(RegisteredPeer.id(other), i);
    }
    System.out.println("met " + found);
  }

  private static String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = System.in.read(); c != '\n' && c >= 0; c = System.in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
