package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.stun.TransactionId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where each of the latest requests came from first. A proven request that comes again from
 * elsewhere is a replay: whoever overheard it must not pass for the peer.
 */
final class SeenRequests {

  /** A peer needs one per pair, a few for nomination, and one every few seconds for consent. */
  private static final int MAX = 512;

  private final Map<TransactionId, Pair> sources =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TransactionId, Pair> eldest) {
          return size() > MAX;
        }
      };

  /** How a request stands to those before it. */
  enum Verdict {
    FRESH,
    /** The same from the same place: sent again, or doubled by the network. */
    REPEATED,
    REPLAYED
  }

  Verdict judge(TransactionId transaction, Pair from) {
    Pair earlier = sources.putIfAbsent(transaction, from);
    if (earlier == null) {
      return Verdict.FRESH;
    }
    return earlier.equals(from) ? Verdict.REPEATED : Verdict.REPLAYED;
  }
}
