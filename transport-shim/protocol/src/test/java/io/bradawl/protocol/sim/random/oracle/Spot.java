package io.bradawl.protocol.sim.random.oracle;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address whose port need not be a number.
 *
 * @param port of a host, a name; of a NAT, what it was given for
 */
record Spot(InetAddress ip, Object port) {

  /** A port that a NAT has given. */
  record Given(Spot inside, @Nullable Object scope) {}
}
