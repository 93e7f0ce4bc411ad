package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.RealmFile;
import io.bradawl.rendezvous.cluster.ClusterSettings;
import io.bradawl.rendezvous.stun.StunSettings;
import io.bradawl.rendezvous.turn.RelaySettings;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to do.
 *
 * @param listen on UDP and TCP; port 0 stands for any port that is free for TCP
 * @param stun what standard clients get
 * @param tls where and as whom to speak TLS; {@code null} to speak none
 * @param relay what TURN is to do; {@code null} for no relay
 * @param realms what is served, from now on and whenever the file changes; {@code null} for any
 * @param cluster how other nodes are known; {@code null} for a node that is alone
 */
public record ServerSettings(
    List<InetSocketAddress> listen,
    StunSettings stun,
    @Nullable TlsSettings tls,
    Limits limits,
    @Nullable RelaySettings relay,
    @Nullable RealmFile realms,
    @Nullable ClusterSettings cluster) {

  public ServerSettings {
    listen = List.copyOf(listen);
  }

  /** Listens there, and has nothing that is not needed. */
  public static ServerSettings of(List<InetSocketAddress> listen, Limits limits) {
    return new ServerSettings(listen, StunSettings.PLAIN, null, limits, null, null, null);
  }
}
