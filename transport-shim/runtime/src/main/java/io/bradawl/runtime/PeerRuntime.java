package io.bradawl.runtime;

import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.signal.Registrant;
import io.bradawl.runtime.address.PeerAliases;
import io.bradawl.runtime.address.PeerFinder;
import io.bradawl.runtime.address.PeerResolver;
import io.bradawl.runtime.address.RendezvousResolver;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.dial.TlsTrust;
import io.bradawl.runtime.identity.Identity;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.bradawl.runtime.session.SessionBroker;
import io.bradawl.runtime.session.Sessions;
import io.bradawl.runtime.session.WarmUp;
import io.bradawl.runtime.signal.RendezvousLink;
import io.bradawl.runtime.signal.RendezvousServer;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServers;
import java.security.SecureRandom;
import java.util.List;

/** The parts of the runtime, put together once per process. */
public final class PeerRuntime {

  private final DriverLoop loop;
  private final Sessions sessions;
  private final PeerResolver resolver;
  private final SecureRandom random;
  private final TurnAccess turn;
  private final List<RendezvousServer> stun;

  private PeerRuntime(
      DriverLoop loop,
      Sessions sessions,
      PeerResolver resolver,
      SecureRandom random,
      TurnAccess turn,
      List<RendezvousServer> stun) {
    this.turn = turn;
    this.stun = stun;
    this.loop = loop;
    this.sessions = sessions;
    this.resolver = resolver;
    this.random = random;
  }

  /**
   * Starts the driver loop and begins to register. Takes a moment, as it loads Netty and draws a
   * key: not to be called where the application waits.
   *
   * @param addresses where virtual addresses come from; may be in use already
   */
  public static PeerRuntime start(RuntimeSettings settings, VirtualAddresses addresses) {
    SecureRandom random = new SecureRandom();
    Identity identity = identity(settings, random);
    NettyDriverLoop loop = new NettyDriverLoop();
    PeerAliases aliases = new PeerAliases(settings.aliases());
    Dial dial = new Dial(new TlsTrust(settings.tlsTrust()));
    RendezvousLink link =
        new RendezvousLink(
            loop, dial, settings.rendezvous(), registrant(settings, identity), random);
    PeerFinder finder = new PeerFinder(aliases, link, settings.realm());
    SessionBroker broker =
        new SessionBroker(
            loop,
            link,
            aliases,
            finder,
            identity,
            settings.name(),
            settings.realm(),
            settings.allow(),
            random);
    link.start(broker);
    link.registered().thenRun(() -> WarmUp.inBackground(random));
    PeerResolver resolver = new RendezvousResolver(addresses, finder, identity.self().id());
    TurnAccess turn = new TurnAccess(new TurnServers(link, settings.turn()), dial, loop);
    return new PeerRuntime(loop, broker, resolver, random, turn, settings.stun());
  }

  private static Identity identity(RuntimeSettings settings, SecureRandom random) {
    X25519KeyPair keys = settings.identity();
    return keys == null ? Identity.ephemeral(random) : Identity.of(keys, random);
  }

  private static Registrant registrant(RuntimeSettings settings, Identity identity) {
    return new Registrant(identity.self(), identity.keys(), settings.realm(), settings.name());
  }

  public DriverLoop loop() {
    return loop;
  }

  public Sessions sessions() {
    return sessions;
  }

  public PeerResolver resolver() {
    return resolver;
  }

  /** How relays are reached. */
  public TurnAccess turn() {
    return turn;
  }

  /** Servers to be asked for this host's outer address, beside the rendezvous. */
  public List<RendezvousServer> stun() {
    return stun;
  }

  /** Cryptographically strong. */
  public SecureRandom random() {
    return random;
  }
}
