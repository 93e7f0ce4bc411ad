package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.TransactionId;
import java.util.HashMap;
import java.util.Map;

/**
 * Where each request came from first. A proven request that comes again from elsewhere is a replay:
 * whoever overheard it must not pass for the peer.
 */
final class SeenRequests {

  /** A peer needs one per address, and a few for nomination and consent. */
  private static final int MAX = 128;

  private final Map<TransactionId, TransportAddress> sources = new HashMap<>();

  boolean isFirstFrom(TransactionId transaction, TransportAddress from) {
    if (sources.size() >= MAX) {
      return from.equals(sources.get(transaction));
    }
    TransportAddress earlier = sources.putIfAbsent(transaction, from);
    return earlier == null || earlier.equals(from);
  }
}
