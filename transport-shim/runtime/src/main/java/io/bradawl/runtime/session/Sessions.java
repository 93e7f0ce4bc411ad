package io.bradawl.runtime.session;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.path.PathTally;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Offers and answers over the rendezvous, sealed between the two peers. Methods may be called from
 * any thread; callbacks run on the driver loop.
 */
public interface Sessions {

  /**
   * Offers a path to {@code service} of {@code to}. One method of {@code outcome} is called, once.
   */
  SessionId offer(
      PeerRef to, Service service, PathEnd mine, Duration patience, OfferOutcome outcome);

  /** Tells {@code to} (the peer that answered, or else the one asked) that an offer is given up. */
  void withdraw(SessionId session, PeerRef to);

  /** Registers {@code service} at the rendezvous and sends offers for it to {@code handler}. */
  void expose(Service service, OfferHandler handler);

  void conceal(Service service);

  /** Where live paths are counted, for the rendezvous to hear how many there are. */
  PathTally paths();

  /**
   * The address of the rendezvous in use, or last used. Completes, perhaps at once, when one has
   * been reached for the first time; ask again after losing it, for another may have taken over.
   */
  CompletableFuture<InetSocketAddress> rendezvous();

  /** A relayed path fails: perhaps the rendezvous, which usually relays it, is gone. */
  default void doubt() {}

  /**
   * {@code then} runs on the loop each time that this peer has registered over a new connection.
   */
  void whenRegistered(Runnable then);

  /**
   * {@code then} gets {@code null} on the loop once this peer is registered, or an attempt to
   * register has failed, at once if it is; or after {@code patience} why not. Until then an offer
   * could not be sent, and would tell of a relay that was lost with the rendezvous, or of none. On
   * the loop only.
   */
  default void whenSettled(Duration patience, Consumer<@Nullable String> then) {
    then.accept(null);
  }

  /** Whether this host gets to the rendezvous by TLS only: to hardly anything else, then. */
  boolean isGuarded();

  /** How an offer ended. */
  interface OfferOutcome {
    void answered(AgreedSession agreed);

    /**
     * There is no session.
     *
     * @param reason also for silence: {@link Reason#SERVER_ERROR} with a text that says what did
     *     not answer
     */
    void failed(Reason reason, String text);
  }

  /** Takes offers of other peers. */
  interface OfferHandler {
    void offered(IncomingOffer offer);

    void withdrawn(SessionId session);
  }

  /**
   * An offer that waits for {@link #answer} or {@link #refuse}; one of them, once, on the loop. If
   * it is withdrawn before, it can no longer be answered.
   */
  interface IncomingOffer {
    SessionId session();

    /**
     * What the application is to see of the other peer: its alias here, the name it claims if a
     * member of our realm vouches for that, or its id.
     */
    PeerRef peer();

    /** Where the other peer is. */
    PathEnd theirs();

    AgreedSession answer(PathEnd mine);

    void refuse(Reason reason, String text);
  }
}
