package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.ProvenMessage;

/** What the world tells a {@link UdpPath}. */
public sealed interface PathInput {

  /** Tells {@code path}; only {@link UdpPath#handle} calls it. */
  void applyTo(UdpPath path, long now);

  /** A datagram of this session that {@code Proof.verify} has found proven. */
  record Control(Pair from, ProvenMessage message) implements PathInput {
    @Override
    public void applyTo(UdpPath path, long now) {
      path.control(from, message, now);
    }
  }

  /**
   * The application has used the path. To be told now and then (say, before a tick), not per
   * datagram.
   *
   * @param lastUse when the last datagram was sent or received on it, monotonic nanoseconds
   */
  record Activity(long lastUse) implements PathInput {
    @Override
    public void applyTo(UdpPath path, long now) {
      path.activity(lastUse, now);
    }
  }

  /**
   * The application's first datagram, sealed: it goes along with checks until there is a path, so
   * that it arrives as soon as one of them does, and over the path unless it has arrived. Whoever
   * gets it more than once knows that by its seal. One is taken, before the path is up.
   *
   * @param sealed at most {@link io.bradawl.protocol.path.Proof#MAX_DATA} octets, which only the
   *     other peer can open
   */
  record Early(Octets sealed) implements PathInput {
    @Override
    public void applyTo(UdpPath path, long now) {
      path.early(sealed, now);
    }
  }

  /**
   * The pair in use leads another way from now on, as over another relay of this side's, from where
   * the other peer expects nothing yet: {@link PathOutput.Reached} tells when it does.
   */
  record Rerouted() implements PathInput {
    @Override
    public void applyTo(UdpPath path, long now) {
      path.rerouted(now);
    }
  }

  /**
   * The path is no longer wanted: the application closed its socket, or the other peer withdrew.
   */
  record Abandon() implements PathInput {
    @Override
    public void applyTo(UdpPath path, long now) {
      path.abandon();
    }
  }
}
