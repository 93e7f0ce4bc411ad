package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.AddressErrorCode;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.turn.Relay;
import io.bradawl.protocol.turn.TurnInput;
import io.bradawl.protocol.turn.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sockets that one {@link Wish} needs, one after the other, and tells of the outcome.
 *
 * @param <C> the client
 */
final class RelayOpener<C> {

  private final RelaySockets sockets;
  private final Wish<C> wish;
  private final Consumer<TurnInput<C>> outcome;
  private final List<Relay> relays = new ArrayList<>();
  private @Nullable AddressErrorCode missing;
  private @Nullable ReservationToken reserved;

  private RelayOpener(RelaySockets sockets, Wish<C> wish, Consumer<TurnInput<C>> outcome) {
    this.sockets = sockets;
    this.wish = wish;
    this.outcome = outcome;
  }

  /** Calls {@code outcome} once, at once or later, on the thread of the sockets. */
  static <C> void open(RelaySockets sockets, Wish<C> wish, Consumer<TurnInput<C>> outcome) {
    new RelayOpener<>(sockets, wish, outcome).open(0);
  }

  private void open(int index) {
    if (index == wish.families().size()) {
      finish();
      return;
    }
    int family = wish.families().get(index);
    sockets.open(wish, family, result -> opened(index, family, result));
  }

  private void opened(int index, int family, RelaySockets.Outcome result) {
    if (result.relay() != null) {
      relays.add(result.relay());
      reserved = result.reserved();
    } else if (result.error() != null) {
      missing = new AddressErrorCode(family, result.error());
    }
    open(index + 1);
  }

  /** RFC 8656 section 7.2: one of two addresses is better than none. */
  private void finish() {
    if (relays.isEmpty() && missing != null) {
      outcome.accept(new TurnInput.NotOpened<>(wish, missing.error()));
    } else {
      outcome.accept(new TurnInput.Opened<>(wish, relays, missing, reserved));
    }
  }
}
