package io.bradawl.rendezvous.cluster;

import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.rendezvous.directory.Outlet;
import io.bradawl.rendezvous.directory.Registration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings what Redis knows and what this node knows into one order: those at nodes that are there
 * before those at nodes that were lost, and of these the newest first.
 */
final class Holders {

  private record Ranked(boolean alive, String order, Registration<? extends Outlet> peer) {}

  private static final Comparator<Ranked> NEWEST_FIRST =
      Comparator.comparing(Ranked::alive).thenComparing(Ranked::order).reversed();

  /** Behind every order that Redis draws: what it does not know yet has come after all it knows. */
  private static final String NEWEST = "~";

  private final Map<PeerInstance, Ranked> ranked = new HashMap<>();

  /**
   * @param here what this node knows; whatever Redis says of these processes is older
   */
  Holders(Collection<? extends Registration<? extends Outlet>> here) {
    here.forEach(peer -> ranked.put(peer.self(), new Ranked(true, NEWEST, peer)));
  }

  /** One of this node has that place among all. */
  void here(Enrolment entry) {
    ranked.computeIfPresent(
        entry.said().self(), (self, local) -> new Ranked(true, entry.order(), local.peer()));
  }

  /** One of another node, unless it is here by now. */
  void there(Enrolment entry, Outlet outlet) {
    Registration<Outlet> peer =
        new Registration<>(
            entry.said().self(),
            entry.said().realm(),
            entry.said().claim(),
            entry.said().services(),
            outlet,
            0);
    ranked.putIfAbsent(peer.self(), new Ranked(entry.alive(), entry.order(), peer));
  }

  List<? extends Registration<? extends Outlet>> newestFirst() {
    List<Ranked> sorted = new ArrayList<>(ranked.values());
    sorted.sort(NEWEST_FIRST);
    return sorted.stream().map(Ranked::peer).toList();
  }
}
