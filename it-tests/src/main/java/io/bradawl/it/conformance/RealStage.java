package io.bradawl.it.conformance;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.NatBox;
import io.bradawl.protocol.sim.probe.Stage;
import io.bradawl.protocol.sim.probe.Vantage;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A box of the laboratory between its hosts. */
final class RealStage implements Stage {

  /** Silence is judged by time, and the machine may be busy. */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  /** See {@link Vantage#DEAF_PORT}. */
  private static final String DEAF =
      """
      nft -f - <<'RULES'
      table ip deaf {
        chain input {
          type filter hook input priority -10
          tcp dport %d-%d tcp flags & (syn | ack) == syn drop
        }
      }
      RULES
      """
          .formatted(Vantage.DEAF_PORT, Vantage.DEAF_PORT + 1);

  private final Places places;
  private final Duration udpLifetime;

  RealStage(Lab lab, String name, NatBox box, boolean translates, Duration udpLifetime) {
    Host host = box.host("inside");
    places =
        new Places(
            new RealVantage(host),
            new RealVantage(box.host("neighbour")),
            outside(lab, name + "-one"),
            outside(lab, name + "-other"),
            RealVantage.ip(translates ? box.outside() : host.address()));
    this.udpLifetime = udpLifetime;
  }

  private static Vantage outside(Lab lab, String name) {
    Host host = lab.publicHost(name);
    host.shell(DEAF);
    return new RealVantage(host);
  }

  @Override
  public Places places() {
    return places;
  }

  @Override
  public Duration udpLifetime() {
    return udpLifetime;
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public long now() {
    return System.nanoTime();
  }
}
