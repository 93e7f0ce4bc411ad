package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.address.TransportAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One mapping of a NAT, and to whom it is open. */
final class Binding {

  private final TransportAddress inside;
  private final TransportAddress outside;
  private final Map<Optional, Flow> flows = new HashMap<>();
  private long expires;
  private boolean established;

  Binding(TransportAddress inside, TransportAddress outside) {
    this.inside = inside;
    this.outside = outside;
  }

  TransportAddress inside() {
    return inside;
  }

  TransportAddress outside() {
    return outside;
  }

  boolean isLive(long now) {
    return now <= expires;
  }

  boolean isEstablished() {
    return established;
  }

  void keepUntil(long time) {
    expires = Math.max(expires, time);
  }

  /** A packet has left to {@code remote} (the part of it that filtering looks at). */
  void opened(@Nullable TransportAddress remote, boolean syn) {
    Flow flow = flows.computeIfAbsent(new Optional(remote), key -> new Flow());
    flow.reset &= !syn;
  }

  /** Whom the binding lets in; {@code null} if it does not. */
  @Nullable Flow flow(@Nullable TransportAddress remote) {
    return flows.get(new Optional(remote));
  }

  void answered(Flow flow, Header header) {
    flow.answered |= !header.opens();
    flow.reset |= header.resets();
    established = flow.answered && !flow.reset;
  }

  /** What the NAT knows of one remote. */
  static final class Flow {
    private boolean answered;
    private boolean reset;

    boolean isAnswered() {
      return answered;
    }

    boolean isReset() {
      return reset;
    }
  }

  /** A map key that may be nothing: "any remote". */
  private record Optional(@Nullable TransportAddress value) {}
}
