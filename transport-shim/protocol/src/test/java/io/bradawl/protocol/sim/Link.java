package io.bradawl.protocol.sim;

import java.time.Duration;
import java.util.Random;

/**
 * The way between a node and its net, alike in either direction.
 *
 * @param delay one way
 * @param jitter up to so much more, drawn per packet: packets overtake each other
 * @param loss probability, 0 to 1
 * @param duplication probability, 0 to 1
 * @param straggling probability, 0 to 1, that a packet takes the delay ten times over: it arrives
 *     when nobody expects it any more
 * @param width what fits through
 */
public record Link(
    Duration delay,
    Duration jitter,
    double loss,
    double duplication,
    double straggling,
    Width width) {

  private static final int STRAGGLING_FACTOR = 10;

  public Link(Duration delay, Duration jitter, double loss, double duplication) {
    this(delay, jitter, loss, duplication, 0, Width.ANY);
  }

  public static Link of(Duration delay) {
    return new Link(delay, Duration.ZERO, 0, 0);
  }

  public Link losing(double probability) {
    return new Link(delay, jitter, probability, duplication, straggling, width);
  }

  public Link straggling(double probability) {
    return new Link(delay, jitter, loss, duplication, probability, width);
  }

  public Link carrying(Width limits) {
    return new Link(delay, jitter, loss, duplication, straggling, limits);
  }

  int copies(Random random) {
    if (loss > 0 && random.nextDouble() < loss) {
      return 0;
    }
    return duplication > 0 && random.nextDouble() < duplication ? 2 : 1;
  }

  /** In nanoseconds. */
  long draw(Random random) {
    long time = delay.toNanos();
    if (!jitter.isZero()) {
      time += (long) (random.nextDouble() * jitter.toNanos());
    }
    return straggling > 0 && random.nextDouble() < straggling ? time * STRAGGLING_FACTOR : time;
  }

  /**
   * @param mtu octets of the largest packet with its headers
   * @param tells whether the sender of a larger one is told by ICMP; if not, this is a black hole
   *     (RFC 2923 section 2.1)
   * @param octetsPerSecond a packet waits until those before it are through
   */
  public record Width(int mtu, boolean tells, long octetsPerSecond) {

    public static final Width ANY = new Width(Integer.MAX_VALUE, true, Long.MAX_VALUE);

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    public static Width blackHole(int mtu) {
      return new Width(mtu, false, Long.MAX_VALUE);
    }

    public static Width telling(int mtu) {
      return new Width(mtu, true, Long.MAX_VALUE);
    }

    public static Width rate(long octetsPerSecond) {
      return new Width(Integer.MAX_VALUE, true, octetsPerSecond);
    }

    /** How long the packet takes to pass, in nanoseconds. */
    long time(int octets) {
      return octetsPerSecond == Long.MAX_VALUE ? 0 : octets * SECOND / octetsPerSecond;
    }
  }
}
