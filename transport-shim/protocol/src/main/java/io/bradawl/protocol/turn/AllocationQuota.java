package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.TransportAddress;

/** How many allocations a user or a source may have. Shared by all machines of a server. */
public interface AllocationQuota {

  /** Counts one more; {@code false} if there are as many as may be. */
  boolean enter(String user, TransportAddress source);

  /** Undoes one {@link #enter} that succeeded. */
  void leave(String user, TransportAddress source);
}
