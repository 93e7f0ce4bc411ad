package io.bradawl.rendezvous.directory;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
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
    PeerInstance self, @Nullable PeerName name, Set<Service> services, C connection, long order) {

  /** The name, or without one the id: what people know the peer by. */
  public PeerRef ref() {
    return name != null ? name : self.id();
  }

  /** The services, sorted: {@code [tcp/9092, udp/5683]}. */
  public List<String> serviceList() {
    return services.stream().map(Service::toString).sorted().toList();
  }
}
