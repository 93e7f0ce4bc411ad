package io.bradawl.it.load;

/**
 * What one server did in one round.
 *
 * @param received what came back
 * @param sent what was sent
 */
record Sample(double received, double sent, Usage.Spent spent) {

  /** Where each datagram that came back is two for the server. */
  Sample twice() {
    return new Sample(2 * received, 2 * sent, spent);
  }

  double perSecond() {
    return received / spent.wall();
  }

  /** How much of one core the server had. */
  double busy() {
    return spent.server() / spent.wall();
  }

  /** What one core does that does nothing else. */
  double perServerSecond() {
    return received / spent.server();
  }

  /** The loader's ceiling on one core. */
  double perLoaderSecond() {
    return received / spent.loader();
  }

  double lost() {
    return 1 - received / sent;
  }
}
