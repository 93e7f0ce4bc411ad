package io.bradawl.protocol.sim.nat;

import io.bradawl.protocol.address.TransportAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One mapping of a NAT, and to whom it is open. */
final class Binding {

  private final Table.Key key;
  private final TransportAddress outside;
  private final Map<TransportAddress, Flow> flows = new HashMap<>(4);
  private long expires = Long.MIN_VALUE;

  Binding(Table.Key key, TransportAddress outside) {
    this.key = key;
    this.outside = outside;
  }

  Table.Key key() {
    return key;
  }

  TransportAddress inside() {
    return key.inside();
  }

  TransportAddress outside() {
    return outside;
  }

  boolean isLive(long now) {
    return now <= expires;
  }

  /** When it ends if nothing more is sent. */
  long expires() {
    return expires;
  }

  /** A packet has left to {@code remote} (the part of it that filtering looks at). */
  Flow opened(TransportAddress remote, Header header, long now) {
    Flow flow = flows.computeIfAbsent(remote, any -> new Flow(now));
    if (flow.expires < now) {
      flow.renew(now);
    }
    flow.reset &= !header.opens();
    return flow;
  }

  /** Whom the binding lets in; {@code null} if it does not. */
  @Nullable Flow flow(TransportAddress remote, long now) {
    Flow flow = flows.get(remote);
    return flow == null || flow.expires < now ? null : flow;
  }

  void keep(Flow flow, long until) {
    flow.expires = Math.max(flow.expires, until);
    expires = Math.max(expires, flow.expires);
  }

  /** A flow whose only answer is RST has never been (Linux forgets it at once). */
  void end(Flow flow) {
    flow.expires = Long.MIN_VALUE;
    expires = Long.MIN_VALUE;
    for (Flow each : flows.values()) {
      expires = Math.max(expires, each.expires);
    }
  }

  /** What the NAT knows of one remote. */
  static final class Flow {
    private long since;
    private long expires = Long.MIN_VALUE;
    private boolean answered;
    private boolean reset;

    Flow(long now) {
      since = now;
    }

    private void renew(long now) {
      since = now;
      answered = false;
      reset = false;
    }

    void answered(Header header) {
      answered |= !header.opens() && !header.resets();
      reset |= header.resets();
    }

    boolean isAnswered() {
      return answered;
    }

    boolean isReset() {
      return reset;
    }

    boolean isEstablished() {
      return answered && !reset;
    }

    long age(long now) {
      return now - since;
    }
  }
}
