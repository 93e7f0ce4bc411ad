package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.signal.Signal;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which of those who are there is meant. */
public final class Routing {

  private final Registry<?> registry;

  public Routing(Registry<?> registry) {
    this.registry = registry;
  }

  /**
   * Whom {@code lookup} finds, asked by a member of {@code asking}: the newest that serves what is
   * looked for, otherwise the newest, or {@code null}.
   */
  public void find(
      @Nullable AccessKey asking,
      Signal.Lookup lookup,
      Consumer<@Nullable Registration<? extends Outlet>> then) {
    registry.find(
        asking,
        lookup.whom(),
        newestFirst -> {
          Registration<? extends Outlet> serving = serving(newestFirst, lookup.service());
          boolean none = serving != null || newestFirst.isEmpty();
          then.accept(none ? serving : newestFirst.get(0));
        });
  }

  /** Where an offer for {@code service} of {@code to} goes: to the newest that serves it. */
  public void route(@Nullable AccessKey asking, PeerRef to, Service service, Consumer<Route> then) {
    registry.find(
        asking,
        to,
        newestFirst -> {
          Registration<? extends Outlet> serving = serving(newestFirst, service);
          if (serving != null) {
            then.accept(new Route.To(serving));
          } else if (newestFirst.isEmpty()) {
            then.accept(new Route.UnknownPeer());
          } else {
            askNamesakes(asking, newestFirst, service, then);
          }
        });
  }

  /** The processes of one peer have one name, unless it has just been changed. */
  private void askNamesakes(
      @Nullable AccessKey asking,
      List<? extends Registration<? extends Outlet>> holders,
      Service service,
      Consumer<Route> then) {
    PeerName name =
        holders.stream()
            .filter(peer -> peer.isOf(asking))
            .map(Registration::name)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (name == null) {
      then.accept(new Route.NotListening());
    } else {
      registry.find(
          asking,
          name,
          namesakes ->
              then.accept(
                  serving(namesakes, service) != null
                      ? new Route.Elsewhere()
                      : new Route.NotListening()));
    }
  }

  private static @Nullable Registration<? extends Outlet> serving(
      Collection<? extends Registration<? extends Outlet>> newestFirst, @Nullable Service service) {
    for (Registration<? extends Outlet> peer : newestFirst) {
      if (service != null && peer.services().contains(service)) {
        return peer;
      }
    }
    return null;
  }
}
