package io.bradawl.it.conformance;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.NatBox;
import io.bradawl.protocol.sim.probe.Stage;
import io.bradawl.protocol.sim.probe.Vantage;
import java.net.InetAddress;
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

  private final Vantage inside;
  private final Vantage neighbour;
  private final Vantage one;
  private final Vantage other;
  private final InetAddress external;
  private final Duration udpLifetime;

  RealStage(Lab lab, String name, NatBox box, boolean translates, Duration udpLifetime) {
    Host host = box.host("inside");
    inside = new RealVantage(host);
    neighbour = new RealVantage(box.host("neighbour"));
    one = outside(lab, name + "-one");
    other = outside(lab, name + "-other");
    external = RealVantage.ip(translates ? box.outside() : host.address());
    this.udpLifetime = udpLifetime;
  }

  private static Vantage outside(Lab lab, String name) {
    Host host = lab.publicHost(name);
    host.shell(DEAF);
    return new RealVantage(host);
  }

  @Override
  public Vantage inside() {
    return inside;
  }

  @Override
  public Vantage neighbour() {
    return neighbour;
  }

  @Override
  public Vantage one() {
    return one;
  }

  @Override
  public Vantage other() {
    return other;
  }

  @Override
  public InetAddress external() {
    return external;
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
