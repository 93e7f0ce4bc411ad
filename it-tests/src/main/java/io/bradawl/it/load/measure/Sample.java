package io.bradawl.it.load.measure;

/**
 * What one server did in one round.
 *
 * @param received what came back
 * @param sent what was sent
 */
public record Sample(double received, double sent, Usage.Spent spent) {

  /** Where each datagram that came back is two for the server. */
  public Sample twice() {
    return new Sample(2 * received, 2 * sent, spent);
  }

  /** How much came back in a second of the clock. */
  public double perSecond() {
    return received / spent.wall();
  }

  /** How much of one core the server had. */
  public double busy() {
    return spent.server() / spent.wall();
  }

  /** What one core does that does nothing else. */
  public double perServerSecond() {
    return received / spent.server();
  }

  /** The loader's ceiling on one core. */
  public double perLoaderSecond() {
    return received / spent.loader();
  }

  /** The share of what was sent that did not come back, 0 to 1. */
  public double lost() {
    return 1 - received / sent;
  }
}
