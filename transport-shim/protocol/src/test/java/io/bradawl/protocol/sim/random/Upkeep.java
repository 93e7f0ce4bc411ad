package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.sim.World;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Applications that go on talking, and a client that offers a new path when the one it had is lost:
 * as the runtime does for datagrams, and as an application does that connects again when it is not
 * answered.
 */
final class Upkeep {

  private static final Duration BEAT = Duration.ofMillis(500);

  /** A connection on which nothing was answered for so many beats is held for dead. */
  private static final int PATIENCE = 20;

  private final World world;
  private final Introduction introduction;
  private final End offerer;
  private final End answerer;
  private int answersSeen;
  private int silentBeats;
  private int offers;

  Upkeep(World world, Introduction introduction, End offerer, End answerer) {
    this.world = world;
    this.introduction = introduction;
    this.offerer = offerer;
    this.answerer = answerer;
  }

  /** New offers so far. */
  int offers() {
    return offers;
  }

  void keep(Duration time) {
    keepUntil(() -> false, time);
  }

  /** Whether questions that either side asks from now on are answered, in spite of loss. */
  boolean flows(Duration limit) {
    int byAnswerer = offerer.answers();
    int byOfferer = answerer.answers();
    return keepUntil(() -> offerer.answers() > byAnswerer && answerer.answers() > byOfferer, limit);
  }

  boolean keepUntil(BooleanSupplier done, Duration limit) {
    long end = world.now() + limit.toNanos();
    while (world.now() < end) {
      beat();
      Duration left = Duration.ofNanos(Math.min(BEAT.toNanos(), end - world.now()));
      if (world.runUntil(done, left)) {
        return true;
      }
    }
    return done.getAsBoolean();
  }

  private void beat() {
    offerer.ask();
    answerer.ask();
    silentBeats = offerer.answers() > answersSeen ? 0 : silentBeats + 1;
    answersSeen = offerer.answers();
    boolean dead = !offerer.isUp() || offerer.givesUpWhenSilent() && silentBeats > PATIENCE;
    boolean ready = introduction.isMade() && offerer.isDecided();
    if (ready && (dead || offerer.wantsRenewal())) {
      silentBeats = 0;
      offers++;
      introduction.make();
    }
  }
}
