package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.telemetry.AccessEvent;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells measures, access log and log what became of the signals of peers. */
final class SignalJournal {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  private final Telemetry telemetry;

  SignalJournal(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  void joined(Registration<PeerConnection> peer) {
    telemetry.count(Measure.REGISTRATIONS);
    telemetry.measures().add(Measure.PEERS, 1);
    telemetry.record(
        new AccessEvent.Registered(
            peer.self(),
            peer.name(),
            realm(peer),
            peer.connection().address(),
            peer.serviceList()));
    LOG.info(
        "peer joined id={} name={} realm={} from={} services={}",
        peer.self().id(),
        label(peer.name()),
        label(realm(peer)),
        peer.connection().address(),
        peer.serviceList());
  }

  void changed(Registration<PeerConnection> peer) {
    LOG.info(
        "peer changed id={} name={} services={}",
        peer.self().id(),
        label(peer.name()),
        peer.serviceList());
  }

  /** The peer has said which paths it has; nobody can check it. */
  void reported(PeerConnection peer, PathCounts paths) {
    telemetry.measures().changePaths(peer.paths(), paths);
    peer.paths(paths);
  }

  void left(Registration<PeerConnection> peer, String reason) {
    reported(peer.connection(), PathCounts.NONE);
    telemetry.measures().add(Measure.PEERS, -1);
    telemetry.record(
        new AccessEvent.Left(peer.self(), peer.name(), peer.connection().address(), reason));
    LOG.info("peer left id={} name={} reason={}", peer.self().id(), label(peer.name()), reason);
  }

  void rejected(PeerConnection from, Signal.Register register, Signal.Rejected rejected) {
    telemetry.count(ofRegistration(rejected.reason()));
    telemetry.record(
        new AccessEvent.RegistrationRefused(
            register.self().id(), from.address(), text(rejected.reason()), rejected.text()));
  }

  void lookedUp(boolean found) {
    telemetry.count(found ? Measure.LOOKUPS_FOUND : Measure.LOOKUPS_UNKNOWN);
  }

  void routed(PeerConnection from, Signal.Offer offer, Registration<?> to) {
    telemetry.count(Measure.OFFERS_ROUTED);
    told(from, offer, to, null);
  }

  void refused(PeerConnection from, Signal.Offer offer, Reason reason, String why) {
    telemetry.count(ofOffer(reason));
    if (reason == Reason.QUOTA) {
      telemetry.count(Measure.OFFERS_LIMITED);
    }
    told(from, offer, null, why);
  }

  void dropped(PeerConnection from, Signal.Indication indication, String why) {
    telemetry.count(Measure.SIGNALS_DROPPED);
    LOG.debug("session={} from {} dropped: {}", indication.session(), from.address(), why);
  }

  private void told(
      PeerConnection from, Signal.Offer offer, @Nullable Registration<?> to, @Nullable String why) {
    telemetry.record(
        new AccessEvent.Offer(
            offer.session(),
            offer.from().id(),
            from.address(),
            offer.to(),
            offer.service(),
            to == null ? null : to.self().id(),
            why));
    LOG.debug(
        "offer session={} from={} to={} service={} -> {}",
        offer.session(),
        offer.from().id(),
        offer.to(),
        offer.service(),
        why == null ? "routed" : why);
  }

  private static Measure ofRegistration(Reason reason) {
    return switch (reason) {
      case TRY_ALTERNATE -> Measure.REGISTRATION_DRAINING;
      case QUOTA -> Measure.REGISTRATION_QUOTA;
      case NAME_TAKEN -> Measure.REGISTRATION_NAME_TAKEN;
      case NOT_PROVEN -> Measure.REGISTRATION_NOT_PROVEN;
      default -> Measure.REGISTRATION_NOT_ALLOWED;
    };
  }

  private static Measure ofOffer(Reason reason) {
    return switch (reason) {
      case QUOTA -> Measure.OFFER_QUOTA;
      case TRY_ALTERNATE -> Measure.OFFER_TRY_ALTERNATE;
      case NOT_LISTENING -> Measure.OFFER_NOT_LISTENING;
      case UNKNOWN_PEER -> Measure.OFFER_UNKNOWN_PEER;
      default -> Measure.OFFER_NOT_ALLOWED;
    };
  }

  private static String text(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String realm(Registration<PeerConnection> peer) {
    AccessKey realm = peer.realm();
    return realm != null ? realm.shortId() : null;
  }

  private static Object label(@Nullable Object value) {
    return value != null ? value : "-";
  }
}
