package io.bradawl.runtime.session;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.crypto.Aead;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.noise.Agreement;
import io.bradawl.protocol.noise.Answering;
import io.bradawl.protocol.noise.NoiseException;
import io.bradawl.protocol.noise.Offering;
import io.bradawl.protocol.noise.SessionContext;
import io.bradawl.protocol.seal.SealException;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamSealer;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.identity.Identity;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one session with itself, in memory. In a JVM that has just started the first handshake
 * takes some hundred milliseconds, for the cryptography of the JDK to be loaded and begun to be
 * compiled; this way the application's first connect does not pay for it.
 *
 * <p>Then it seals and opens until the JDK's ciphers are compiled. Interpreted they are hundred
 * times as slow, and what counts is how often they are called, not how much they get: a stream in
 * large records stays slow for its first 30 MB, and for seconds where it fills all processors, so
 * that the compiler does not get any. Mostly small messages have the same effect in 100 ms.
 */
public final class WarmUp {

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final int USUAL_DESCRIPTION = 100; // octets

  /** By then C2 has compiled the ciphers of 17 and of 25. */
  private static final int MESSAGES = 8_000;

  /** Octets; those of a record are dealt with by code of their own in 25. */
  private static final int SMALL = 64;

  private static final int MEDIUM = 256;

  private final SecureRandom random;

  private WarmUp(SecureRandom random) {
    this.random = random;
  }

  /** Runs once, on a thread of its own that keeps no JVM alive and gives way to all others. */
  public static void inBackground(SecureRandom random) {
    Thread thread = new Thread(null, new WarmUp(random)::run, "bradawl-warm-up", 0, false);
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  private void run() {
    long begun = System.nanoTime();
    try {
      handshake();
      seals();
      log.debug("warmed up in {} ms", (System.nanoTime() - begun) / 1_000_000);
    } catch (SealException e) {
      log.warn("what was sealed did not open, so nothing that peers seal will: {}", e.getMessage());
    } catch (NoiseException e) {
      log.warn("a handshake with oneself failed, so those with peers will: {}", e.getMessage());
    }
  }

  private void handshake() throws NoiseException {
    Identity one = Identity.ephemeral(random);
    Identity other = Identity.ephemeral(random);
    SessionContext context =
        new SessionContext(
            new SessionId(0, 0), new Service(Transport.TCP, 1), one.self().id(), other.self().id());
    Octets payload = Octets.of(new byte[USUAL_DESCRIPTION]);
    try (Offering offering =
            Offering.seal(context, one.keys(), Identity.freshKeys(random), null, payload);
        Answering answering =
            Answering.open(
                context, other.keys(), Identity.freshKeys(random), null, offering.message())) {
      Agreement answered = answering.seal(payload);
      offering.accept(answered.octets()).keys().close();
      answered.keys().close();
    }
    one.keys().close();
    other.keys().close();
  }

  private static void seals() throws SealException {
    byte[] sealed = new byte[StreamSealer.MAX_DATA + StreamSealer.OVERHEAD];
    byte[] opened = new byte[sealed.length];
    try (StreamSealer sealer = new StreamSealer(Secret.zeros(Aead.KEY_LENGTH));
        StreamOpener opener = new StreamOpener(Secret.zeros(Aead.KEY_LENGTH))) {
      for (int i = 0; i < MESSAGES; i++) {
        opener.open(sealed, 0, sealer.seal(sealed, 0, size(i)), opened, 0);
      }
    }
  }

  private static int size(int message) {
    if (message % 64 == 0) {
      return StreamSealer.MAX_DATA;
    }
    return message % 8 == 0 ? MEDIUM : SMALL;
  }
}
