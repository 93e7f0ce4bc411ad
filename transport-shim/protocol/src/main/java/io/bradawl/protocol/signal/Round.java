package io.bradawl.protocol.signal;

import io.bradawl.protocol.address.TransportAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which node is tried next: server by server in order of preference, and of each server the
 * addresses in an order that is drawn, so that many peers spread over the nodes behind one name.
 * Those of IPv4 come first, whatever the resolver prefers: what NATs make of an IPv4 address has to
 * be asked over IPv4, while an IPv6 address is known without asking; and IPv6 that is there but
 * broken holds nobody up.
 */
final class Round {

  private final RandomGenerator random;
  private final int servers;
  private final @Nullable Node last;
  private final Deque<Node> nodes = new ArrayDeque<>();
  private int server;
  private boolean lastIsThere;
  private boolean tried;
  private boolean breathed;

  /**
   * @param servers how many of the list, from the first
   * @param last where one has just been: tried when all others were; {@code null} for none
   */
  Round(int servers, @Nullable Node last, RandomGenerator random) {
    this.servers = servers;
    this.last = last;
    this.random = random;
  }

  /** The next node that is known already, or {@code null}. */
  @Nullable Node nextNode() {
    tried |= !nodes.isEmpty();
    return nodes.poll();
  }

  /** The next server whose addresses are to be looked up, or -1. */
  int nextServer() {
    return server < servers ? server++ : -1;
  }

  /** Where one has just been, once; {@code null} if it is not among the addresses any more. */
  @Nullable Node lastNode() {
    Node node = lastIsThere ? last : null;
    lastIsThere = false;
    return node;
  }

  /** Whether there was any other node to try than the last. */
  boolean hasTried() {
    return tried;
  }

  /** Whether it is the first time that this is asked. */
  boolean takeBreath() {
    boolean first = !breathed;
    breathed = true;
    return first && lastIsThere;
  }

  void resolved(int of, List<TransportAddress> addresses) {
    if (addresses.isEmpty()) {
      add(new Node(of, null));
    }
    SortedMap<Boolean, List<TransportAddress>> families = new TreeMap<>();
    for (TransportAddress address : new LinkedHashSet<>(addresses)) {
      families.computeIfAbsent(address.isIpv6(), family -> new ArrayList<>()).add(address);
    }
    for (List<TransportAddress> family : families.values()) {
      shuffle(family);
      family.forEach(address -> add(new Node(of, address)));
    }
  }

  private void add(Node node) {
    if (node.equals(last)) {
      lastIsThere = true;
    } else {
      nodes.add(node);
    }
  }

  private void shuffle(List<TransportAddress> addresses) {
    for (int i = addresses.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      addresses.set(i, addresses.set(other, addresses.get(i)));
    }
  }
}
