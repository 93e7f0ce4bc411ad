package io.bradawl.runtime.session;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.runtime.address.PeerAliases;
import io.bradawl.runtime.address.PeerFinder;
import io.bradawl.runtime.identity.Identity;
import io.bradawl.runtime.loop.ManualLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A peer whose signals go nowhere until the test delivers them. */
final class SessionPeer {

  /** The realm of all that are given no other. */
  static final Realm REALM = Realm.of(Secret.copyOf(new byte[32]));

  final RecordedSignalling signalling = new RecordedSignalling();
  final PeerFinder finder;
  final SessionBroker broker;
  final List<Sessions.IncomingOffer> offers = new ArrayList<>();
  final List<AgreedSession> agreed = new ArrayList<>();
  final List<String> failures = new ArrayList<>();
  private final ManualLoop loop;
  private final Identity identity;

  SessionPeer(ManualLoop loop, String name, Map<PeerName, PeerId> aliases) {
    this(loop, name, aliases, REALM, AccessPolicy.EVERYONE, new SecureRandom());
  }

  SessionPeer(ManualLoop loop, String name, Map<PeerName, PeerId> aliases, AccessPolicy allow) {
    this(loop, name, aliases, REALM, allow, new SecureRandom());
  }

  SessionPeer(ManualLoop loop, String name, Map<PeerName, PeerId> aliases, @Nullable Realm realm) {
    this(loop, name, aliases, realm, AccessPolicy.EVERYONE, new SecureRandom());
  }

  /**
   * @param random where the keys of handshakes come from, and not the identity
   */
  SessionPeer(ManualLoop loop, String name, AccessPolicy allow, SecureRandom random) {
    this(loop, name, Map.of(), REALM, allow, random);
  }

  /** One that is told who it is: to make the keys for that takes long. */
  SessionPeer(ManualLoop loop, String name, Identity identity, SecureRandom random) {
    this(loop, name, identity, Map.of(), REALM, AccessPolicy.EVERYONE, random);
  }

  private SessionPeer(
      ManualLoop loop,
      String name,
      Map<PeerName, PeerId> aliases,
      @Nullable Realm realm,
      AccessPolicy allow,
      SecureRandom random) {
    this(loop, name, Identity.ephemeral(new SecureRandom()), aliases, realm, allow, random);
  }

  private SessionPeer(
      ManualLoop loop,
      String name,
      Identity identity,
      Map<PeerName, PeerId> aliases,
      @Nullable Realm realm,
      AccessPolicy allow,
      SecureRandom random) {
    PeerAliases known = new PeerAliases(aliases);
    this.loop = loop;
    this.identity = identity;
    finder = new PeerFinder(known, signalling, realm);
    broker =
        new SessionBroker(
            loop, signalling, known, finder, identity, new PeerName(name), realm, allow, random);
  }

  PeerInstance self() {
    return identity.self();
  }

  PeerId id() {
    return self().id();
  }

  void exposes(Service service) {
    broker.expose(
        service,
        new Sessions.OfferHandler() {
          @Override
          public void offered(Sessions.IncomingOffer offer) {
            offers.add(offer);
          }

          @Override
          public void withdrawn(SessionId session) {}
        });
    loop.drain();
  }

  SessionId offers(String peer, Service service, PathEnd mine) {
    SessionId session =
        broker.offer(PeerRef.parse(peer), service, mine, Duration.ofSeconds(5), new Recorded());
    loop.drain();
    return session;
  }

  AgreedSession answers(PathEnd mine) {
    return offers.remove(0).answer(mine);
  }

  /** Hands over what this peer has sent, as the rendezvous would. */
  void deliverTo(SessionPeer other) {
    List<Signal.Indication> signals = List.copyOf(signalling.sent);
    signalling.sent.clear();
    signals.forEach(other.broker::received);
    loop.drain();
  }

  Reason lastRefusal() {
    return ((Signal.Refusal) signalling.sent.get(signalling.sent.size() - 1)).reason();
  }

  private final class Recorded implements Sessions.OfferOutcome {

    @Override
    public void answered(AgreedSession session) {
      agreed.add(session);
    }

    @Override
    public void failed(Reason reason, String text) {
      failures.add(reason + ": " + text);
    }
  }
}
