package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One live process that is there.
 *
 * @param <C> the connection over which it is reached
 * @param order grows with each connection that registers: the larger, the newer
 */
public record Registration<C>(
    PeerInstance self,
    @Nullable AccessKey realm,
    @Nullable NameClaim claim,
    Set<Service> services,
    C connection,
    long order) {

  /** The name that the peer claims in its realm, or {@code null}. */
  public @Nullable PeerName name() {
    return claim == null ? null : claim.name();
  }

  /** Whether members of {@code asking} may hear of realm and name; others could not verify them. */
  public boolean isOf(@Nullable AccessKey asking) {
    return asking != null && asking.equals(realm);
  }

  /** The services, sorted: {@code [tcp/9092, udp/5683]}. */
  public List<String> serviceList() {
    return services.stream().map(Service::toString).sorted().toList();
  }
}
