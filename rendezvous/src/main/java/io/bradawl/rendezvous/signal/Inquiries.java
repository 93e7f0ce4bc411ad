package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.directory.Registry;
import io.bradawl.rendezvous.directory.Routing;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers peers that look for others. */
final class Inquiries {

  private final Registrar registrar;
  private final Routing routing;
  private final SignalJournal journal;

  /**
   * @param registry of this node and all others
   */
  Inquiries(Registrar registrar, Registry<PeerConnection> registry, SignalJournal journal) {
    this.registrar = registrar;
    this.routing = new Routing(registry);
    this.journal = journal;
  }

  boolean lookup(PeerConnection connection, Signal.Lookup lookup, Consumer<Signal.Response> reply) {
    Registration<PeerConnection> asking = registrar.sender(connection);
    if (asking == null) {
      reply.accept(new Signal.Rejected(Reason.NOT_PROVEN, "register first"));
      return false;
    }
    routing.find(
        asking.realm(),
        lookup,
        peer -> {
          journal.lookedUp(peer != null);
          reply.accept(peer != null ? found(peer, asking.realm()) : unknown(lookup));
        });
    return true;
  }

  private static Signal.Rejected unknown(Signal.Lookup lookup) {
    return new Signal.Rejected(Reason.UNKNOWN_PEER, "no peer " + lookup.whom() + " is registered");
  }

  private static Signal.Found found(Registration<?> peer, @Nullable AccessKey asking) {
    PeerId id = peer.self().id();
    return peer.isOf(asking)
        ? new Signal.Found(id, asking, peer.claim())
        : new Signal.Found(id, null, null);
  }
}
