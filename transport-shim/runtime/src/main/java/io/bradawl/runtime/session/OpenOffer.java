package io.bradawl.runtime.session;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.noise.Offering;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.signal.PathDescription;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.loop.DriverLoop;
import org.jspecify.annotations.Nullable;

/** An offer that waits for its answer. */
final class OpenOffer {

  /** How often another holder of the name is looked for; what is found last has to do. */
  private static final int MAX_LOOKS = 3;

  final SessionId session;
  final PeerRef to;
  final Service service;
  final PathEnd mine;
  final Sessions.OfferOutcome outcome;

  /** What is to be answered; {@code null} while it is not known who has to be asked. */
  @Nullable Sent sent;

  /** Nanoseconds. */
  long retryAfter;

  private final DriverLoop loop;
  private final DriverLoop.Timer deadline;
  private DriverLoop.@Nullable Timer retry;
  private int looks;

  /** What was sent to whom. */
  record Sent(PeerId to, PathDescription mine, Offering sealed) {}

  /**
   * @param deadline cancelled with the offer
   */
  OpenOffer(
      SessionId session,
      PeerRef to,
      Service service,
      PathEnd mine,
      Sessions.OfferOutcome outcome,
      DriverLoop loop,
      DriverLoop.Timer deadline) {
    this.session = session;
    this.to = to;
    this.service = service;
    this.mine = mine;
    this.outcome = outcome;
    this.loop = loop;
    this.deadline = deadline;
  }

  void sent(Sent now) {
    takeBack();
    sent = now;
  }

  /** Nothing that was sent before counts any more: neither an answer nor a refusal. */
  void takeBack() {
    wipe();
    sent = null;
    cancelRetry();
  }

  /** Whether this is the first look for another holder of the name. */
  boolean isFirstLook() {
    return looks == 0;
  }

  /** False if it has been looked often enough. */
  boolean looksAgain() {
    return looks++ < MAX_LOOKS;
  }

  /**
   * @param delay nanoseconds
   */
  void retryIn(long delay, Runnable again) {
    cancelRetry();
    retry = loop.at(loop.now() + delay, again);
  }

  void cancelTimers() {
    deadline.cancel();
    cancelRetry();
  }

  void end() {
    cancelTimers();
    wipe();
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel();
      retry = null;
    }
  }

  private void wipe() {
    if (sent != null) {
      sent.sealed.close();
    }
  }
}
