package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessKey;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, at this node or any other. What takes time comes later, on the thread that asked;
 * who knows all by itself answers before the method returns.
 *
 * @param <C> the connection over which a peer of this node is reached
 */
public interface Registry<C extends Outlet> extends AutoCloseable {

  /** What became of {@link #enter}. */
  enum Entry {
    ENTERED,
    TOO_MANY_PROCESSES,
    NAME_TAKEN,
    /** The process has registered at another node since. */
    GONE
  }

  /**
   * Makes a registration of this node, or its change, known to all.
   *
   * @param fresh whether it is of a connection that has registered nothing before; only then may it
   *     be refused, and is newer than all others
   */
  void enter(Registration<C> here, boolean fresh, Consumer<Entry> then);

  /** The connection of a registration of this node has ended. */
  void leave(Registration<C> gone);

  /** All that members of {@code asking} know as {@code whom}, newest first. */
  void find(
      @Nullable AccessKey asking,
      PeerRef whom,
      Consumer<List<? extends Registration<? extends Outlet>>> then);

  /** One process, or {@code null} if it is not there. */
  void find(PeerInstance who, Consumer<@Nullable Registration<? extends Outlet>> then);

  /** Tells nobody that peers leave by it: they come back elsewhere. */
  @Override
  void close();
}
