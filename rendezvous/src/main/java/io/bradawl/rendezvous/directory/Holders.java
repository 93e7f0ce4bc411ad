package io.bradawl.rendezvous.directory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** For each key those who hold it, newest first. */
final class Holders<K, C> {

  private final Map<K, TreeMap<Long, Registration<C>>> holders = new HashMap<>();

  void put(K key, Registration<C> registration) {
    holders.computeIfAbsent(key, k -> new TreeMap<>()).put(registration.order(), registration);
  }

  void remove(K key, Registration<C> registration) {
    TreeMap<Long, Registration<C>> those = holders.get(key);
    if (those != null && those.remove(registration.order()) != null && those.isEmpty()) {
      holders.remove(key);
    }
  }

  Collection<Registration<C>> newestFirst(K key) {
    TreeMap<Long, Registration<C>> those = holders.get(key);
    return those == null ? List.of() : those.descendingMap().values();
  }
}
