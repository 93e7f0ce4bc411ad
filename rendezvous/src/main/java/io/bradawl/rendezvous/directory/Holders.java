package io.bradawl.rendezvous.directory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For each key those who hold it, newest first. Mostly that is one, and never many: so each change
 * makes a new list, and lists of one take little memory.
 */
final class Holders<K, C> {

  private static final Comparator<Registration<?>> NEWEST_FIRST =
      Comparator.<Registration<?>>comparingLong(Registration::order).reversed();

  private final Map<K, List<Registration<C>>> holders = new HashMap<>();

  void put(K key, Registration<C> registration) {
    holders.merge(key, List.of(registration), Holders::both);
  }

  void remove(K key, Registration<C> registration) {
    holders.computeIfPresent(key, (same, those) -> without(those, registration.order()));
  }

  List<Registration<C>> newestFirst(K key) {
    return holders.getOrDefault(key, List.of());
  }

  private static <C> List<Registration<C>> both(
      List<Registration<C>> those, List<Registration<C>> more) {
    List<Registration<C>> all = new ArrayList<>(those);
    all.addAll(more);
    all.sort(NEWEST_FIRST);
    return List.copyOf(all);
  }

  private static <C> @Nullable List<Registration<C>> without(
      List<Registration<C>> those, long order) {
    List<Registration<C>> left = those.stream().filter(one -> one.order() != order).toList();
    return left.isEmpty() ? null : left;
  }
}
