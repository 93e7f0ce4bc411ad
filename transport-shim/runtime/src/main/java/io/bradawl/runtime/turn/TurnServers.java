package io.bradawl.runtime.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.turn.TurnUri;
import io.bradawl.protocol.turn.client.TurnAccount;
import io.bradawl.runtime.signal.ServerRoute;
import io.bradawl.runtime.signal.Signalling;
import io.bradawl.runtime.turn.TurnServer.Carrier;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TURN servers to be used now: those that the user has named, then those of the newest grant of
 * the rendezvous. Safe from any thread.
 */
public final class TurnServers {

  private final Signalling signalling;
  private final List<TurnServer> configured;

  /**
   * @param named by the user, or {@code null}
   */
  public TurnServers(Signalling signalling, @Nullable ConfiguredTurn named) {
    this.signalling = signalling;
    List<TurnServer> servers = new ArrayList<>();
    if (named != null) {
      named.servers().forEach(uri -> add(uri, named.account(), servers));
    }
    this.configured = List.copyOf(servers);
  }

  /** Whether {@link #now} says all there is to say: the rendezvous has been asked. */
  public boolean areKnown() {
    return !configured.isEmpty() || signalling.relay() != null || signalling.registered().isDone();
  }

  /** Best first; none if there is no relay. */
  public List<TurnServer> now() {
    List<TurnServer> servers = new ArrayList<>(configured);
    RelayGrant grant = signalling.relay();
    ServerRoute route = signalling.route();
    if (grant != null) {
      TurnAccount account = TurnAccount.of(grant);
      grant.servers().forEach(uri -> add(uri, account, servers));
      if (grant.servers().isEmpty() && route != null) {
        add(route, account, servers);
      }
    }
    return servers;
  }

  /**
   * With what to ask {@code server} from now on: a grant has an end, and is renewed long before.
   */
  public TurnAccount accountFor(TurnServer server) {
    RelayGrant grant = signalling.relay();
    return grant == null || configured.contains(server) ? server.account() : TurnAccount.of(grant);
  }

  /** Those of {@link #now} over which RFC 6062 can be spoken: TCP and TLS. */
  public List<TurnServer> streams() {
    return now().stream().filter(server -> server.carrier().isStream()).toList();
  }

  private static void add(TurnUri uri, TurnAccount account, List<TurnServer> servers) {
    if (uri.secure()) {
      servers.add(new TurnServer(Carrier.TLS, uri.host(), uri.port(), account, true));
      return;
    }
    if (uri.transport() != Transport.TCP) {
      servers.add(new TurnServer(Carrier.UDP, uri.host(), uri.port(), account, true));
    }
    if (uri.transport() != Transport.UDP) {
      servers.add(new TurnServer(Carrier.TCP, uri.host(), uri.port(), account, true));
    }
  }

  /** The rendezvous relays itself, where it was reached: even if its name has other addresses. */
  private static void add(ServerRoute route, TurnAccount account, List<TurnServer> servers) {
    InetAddress address = route.address();
    if (address != null) {
      String literal = address.getHostAddress();
      servers.add(new TurnServer(Carrier.UDP, literal, route.server().port(), account, false));
    }
    if (route.tls()) { // before plain TCP, which probably does not get through
      String host = route.server().host();
      servers.add(new TurnServer(Carrier.TLS, host, route.server().tlsPort(), account, false));
    } else if (address != null) {
      String literal = address.getHostAddress();
      servers.add(new TurnServer(Carrier.TCP, literal, route.server().port(), account, false));
    }
    if (address != null) {
      String literal = address.getHostAddress();
      servers.add(new TurnServer(Carrier.TCP, literal, route.server().port(), account, false));
    }
  }
}
