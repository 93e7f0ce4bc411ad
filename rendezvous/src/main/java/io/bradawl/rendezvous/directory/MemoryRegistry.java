package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessKey;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Of a node that is alone: its own directory is all there is. */
public final class MemoryRegistry<C extends Outlet> implements Registry<C> {

  private final Directory<C> here;

  public MemoryRegistry(Directory<C> here) {
    this.here = here;
  }

  @Override
  public void enter(Registration<C> registration, boolean fresh, Consumer<Entry> then) {
    then.accept(Entry.ENTERED);
  }

  @Override
  public void leave(Registration<C> gone) {}

  @Override
  public void find(
      @Nullable AccessKey asking,
      PeerRef whom,
      Consumer<List<? extends Registration<? extends Outlet>>> then) {
    then.accept(here.holders(asking, whom));
  }

  @Override
  public void find(PeerInstance who, Consumer<@Nullable Registration<? extends Outlet>> then) {
    then.accept(here.of(who));
  }

  @Override
  public void close() {}
}
