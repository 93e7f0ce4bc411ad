package io.bradawl.runtime.relay;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.signal.SessionId;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one session has to do with the relay. Only to be used on the driver loop. */
public final class RelayUse {

  /** Each is a request to the server; a peer has rarely more than two that a relay can see. */
  private static final int MAX_PERMITTED = 8;

  private final TcpRelay relay;
  private final @Nullable Lease lease;
  private final SessionId session;
  private final Taker taker;
  private final Set<InetAddress> permitted = new LinkedHashSet<>();

  /** Takes what the peer of the session connects. */
  public interface Taker {
    /**
     * The peer has connected to this side's relayed address.
     *
     * @param first what it has said first
     */
    void relayed(RelayedConnection connection, Octets first);
  }

  /** What becomes of a connect. */
  public interface Connecting {
    void connected(RelayedConnection connection);

    void failed(String why);
  }

  RelayUse(TcpRelay relay, @Nullable Lease lease, SessionId session, Taker taker) {
    this.relay = relay;
    this.lease = lease;
    this.session = session;
    this.taker = taker;
  }

  /** Lets the peer connect to this side's relayed address, from wherever it may be. */
  public void permit(Collection<InetAddress> peer) {
    for (InetAddress ip : peer) {
      if (lease != null && permitted.size() < MAX_PERMITTED && permitted.add(ip)) {
        lease.allocation().permit(ip);
      }
    }
  }

  /** Connects from this side's relayed address. */
  public void connect(TransportAddress peer, Connecting outcome) {
    if (lease != null) {
      lease.allocation().connect(peer, outcome);
    } else {
      outcome.failed("there is no relay");
    }
  }

  /**
   * A connection has become the session's path: the allocation stays.
   *
   * @return to be run when the connection is no more, if that is ever known
   */
  public Runnable hold() {
    return relay.hold(lease);
  }

  /** The session will never have a path, which may be because the relay has gone. */
  public void giveUp() {
    close();
    relay.doubt();
  }

  /** The session has its path, or never will have one. */
  public void close() {
    if (lease != null) {
      permitted.forEach(lease.allocation()::forbid);
      permitted.clear();
    }
    relay.ended(this);
  }

  @Nullable Lease lease() {
    return lease;
  }

  SessionId session() {
    return session;
  }

  void take(RelayedConnection connection, Octets first) {
    taker.relayed(connection, first);
  }
}
