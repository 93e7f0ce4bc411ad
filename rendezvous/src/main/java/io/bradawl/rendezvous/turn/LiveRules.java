package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.turn.AddressRules;
import io.bradawl.protocol.turn.PeerRules;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

/** The rules of the settings, with the addresses that this machine has at the time. */
final class LiveRules implements PeerRules {

  /** Machines get addresses while they run. Asking for them takes about a millisecond. */
  private static final long FRESH = Duration.ofSeconds(30).toNanos();

  private record Looked(AddressRules rules, long at) {}

  private final RelaySettings settings;
  private final Set<InetAddress> relayed;
  private volatile Looked looked;

  LiveRules(RelaySettings settings, Set<InetAddress> relayed) {
    this.settings = settings;
    this.relayed = relayed;
    this.looked = look(System.nanoTime());
  }

  @Override
  public boolean allows(InetAddress peer) {
    long now = System.nanoTime();
    if (now - looked.at() > FRESH) {
      looked = look(now);
    }
    return looked.rules().allows(peer);
  }

  private Looked look(long now) {
    return new Looked(
        new AddressRules(settings.allowed(), settings.denied(), OwnAddresses.all(), relayed), now);
  }
}
