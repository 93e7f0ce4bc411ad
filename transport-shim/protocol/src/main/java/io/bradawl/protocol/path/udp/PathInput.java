package io.bradawl.protocol.path.udp;

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
   * The path is no longer wanted: the application closed its socket, or the other peer withdrew.
   */
  record Abandon() implements PathInput {
    @Override
    public void applyTo(UdpPath path, long now) {
      path.abandon();
    }
  }
}
