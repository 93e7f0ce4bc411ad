package io.bradawl.runtime;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.runtime.signal.RendezvousServer;
import io.bradawl.runtime.turn.ConfiguredTurn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime needs to know from the user.
 *
 * @param rendezvous in order of preference, at least one
 * @param name what this process claims, or {@code null}
 * @param aliases names that this process itself gives to peers
 * @param realm of which this process is a member, or {@code null}
 * @param identity the key pair behind this process's peer id, taken over; {@code null} for one of
 *     this run only
 * @param allow who may open paths to this process
 * @param tlsTrust certificates of the authorities behind TLS servers, in PEM form; {@code null} for
 *     the JVM's trust store
 * @param stun servers to be asked if the rendezvous does not answer by UDP
 * @param turn servers that the user has named, or {@code null}
 */
public record RuntimeSettings(
    List<RendezvousServer> rendezvous,
    @Nullable PeerName name,
    Map<PeerName, PeerId> aliases,
    @Nullable Realm realm,
    @Nullable X25519KeyPair identity,
    AccessPolicy allow,
    @Nullable Path tlsTrust,
    List<RendezvousServer> stun,
    @Nullable ConfiguredTurn turn) {

  public RuntimeSettings {
    rendezvous = List.copyOf(rendezvous);
    stun = List.copyOf(stun);
    aliases = Map.copyOf(aliases);
  }
}
