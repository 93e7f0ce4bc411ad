package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.admission.Quotas;
import io.bradawl.rendezvous.directory.Directory;
import org.jspecify.annotations.Nullable;

/** Whether there is room for one more process of a peer, and for one more holder of a name. */
final class Crowd {

  private final Directory<?> directory;
  private final Quotas quotas;

  /**
   * @param directory of this node; what other nodes hold comes on top
   */
  Crowd(Directory<?> directory, Quotas quotas) {
    this.directory = directory;
    this.quotas = quotas;
  }

  /** Why there is none; {@code null} if there is. */
  Signal.@Nullable Response objection(Signal.Register register) {
    PeerId id = register.self().id();
    int processes = directory.holders(null, id).size();
    if (directory.of(register.self()) == null && processes >= quotas.processesPerPeer()) {
      return tooMany(id, processes);
    }
    NameClaim claim = register.claim();
    return claim == null || hasRoom(register.realm(), claim) ? null : taken(claim);
  }

  /** As many processes as there may be are registered elsewhere in the cluster. */
  Signal.Rejected tooMany(PeerId id) {
    return tooMany(id, quotas.processesPerPeer());
  }

  static Signal.Rejected taken(NameClaim claim) {
    return new Signal.Rejected(
        Reason.NAME_TAKEN,
        Quotas.HOLDERS_OF_NAME + " other peers hold the name " + claim.name() + " already");
  }

  private static Signal.Rejected tooMany(PeerId id, int processes) {
    return new Signal.Rejected(
        Reason.QUOTA, id + " is registered by " + processes + " processes already");
  }

  private boolean hasRoom(@Nullable AccessKey realm, NameClaim claim) {
    return directory.holders(realm, claim.name()).stream()
            .map(holder -> holder.self().id())
            .filter(id -> !id.equals(claim.id()))
            .distinct()
            .count()
        < Quotas.HOLDERS_OF_NAME;
  }
}
