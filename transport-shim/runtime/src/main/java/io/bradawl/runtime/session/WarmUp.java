package io.bradawl.runtime.session;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.noise.Agreement;
import io.bradawl.protocol.noise.Answering;
import io.bradawl.protocol.noise.NoiseException;
import io.bradawl.protocol.noise.Offering;
import io.bradawl.protocol.noise.SessionContext;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.identity.Identity;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one session with itself, in memory. In a JVM that has just started the first handshake
 * takes some hundred milliseconds, for the cryptography of the JDK to be loaded and begun to be
 * compiled; this way the application's first connect does not pay for it.
 */
public final class WarmUp {

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final int USUAL_DESCRIPTION = 100; // octets

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
      log.debug("warmed up in {} ms", (System.nanoTime() - begun) / 1_000_000);
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
}
