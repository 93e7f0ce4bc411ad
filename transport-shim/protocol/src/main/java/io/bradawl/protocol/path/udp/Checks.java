package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.stun.TransactionId;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one side says to the other: checks, and answers to its checks. The first checks take the
 * application's first datagram along, so that it need not wait until one of them is answered.
 */
final class Checks {

  /** How often the datagram goes along in all, as its receivers have not asked for it. */
  private static final int MAX_EARLY = 16;

  /**
   * How often it goes the same way, unless something has come from there: it may be too long for
   * it, and a check that is not must be able to tell.
   */
  private static final int EARLY_PER_PAIR = 2;

  private final Proof proof;
  private final RandomGenerator random;
  private final Consumer<PathOutput> outputs;
  private @Nullable Octets early;
  private int earlySends;

  /**
   * @param random draws transaction ids
   */
  Checks(Proof proof, RandomGenerator random, Consumer<PathOutput> outputs) {
    this.proof = proof;
    this.random = random;
    this.outputs = outputs;
  }

  /** Sealed, to go along with checks from now on. The first one stays if there are more. */
  void takeAlong(Octets datagram) {
    if (early == null) {
      early = datagram;
    }
  }

  /** There is a path by {@code pair}: the datagram goes there, unless it has come there already. */
  void leaveEarly(CheckedPair pair) {
    Check answered = pair.check();
    if (early != null && (answered == null || answered.hasGoneBare())) {
      outputs.accept(new PathOutput.Send(pair.pair(), early));
    }
    early = null;
  }

  /** Checks a pair, for the first time or with the same check again. */
  void send(CheckedPair pair, long now) {
    Check check = pair.check();
    if (check == null) {
      check = draw(pair, false);
      pair.begin(check);
    }
    Octets along = along(pair, check);
    Octets message =
        along == null
            ? check.sendBare(now)
            : check.send(proof.request(check.transaction(), along), now);
    outputs.accept(new PathOutput.Send(pair.pair(), message));
  }

  private @Nullable Octets along(CheckedPair pair, Check check) {
    boolean fits = pair.isSourceProven() || check.sends() < EARLY_PER_PAIR;
    if (early == null || !fits || earlySends == MAX_EARLY) {
      return null;
    }
    earlySends++;
    return early;
  }

  /** A check of that pair under a new transaction id. */
  Check draw(CheckedPair pair, boolean nominates) {
    TransactionId transaction = TransactionId.draw(random);
    return new Check(transaction, proof.request(transaction, nominates), pair.isRelayed());
  }

  /** A check that is sent once. */
  void ask(CheckedPair pair, TransactionId transaction) {
    outputs.accept(new PathOutput.Send(pair.pair(), proof.request(transaction, false)));
  }

  void nominate(CheckedPair pair, Check nomination, long now) {
    outputs.accept(new PathOutput.Send(pair.pair(), nomination.sendBare(now)));
  }

  void answer(Pair from, TransactionId transaction) {
    outputs.accept(new PathOutput.Send(from, proof.response(transaction, from.remote())));
  }
}
