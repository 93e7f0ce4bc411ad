package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.path.StartGate;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What other peers have sent to one socket: control goes to its path, data to the application. */
final class Arrivals {

  private final AppDatagramSocket app;
  private final UdpTables tables;
  private final StartGate<Surroundings> gate;

  Arrivals(AppDatagramSocket app, UdpTables tables, StartGate<Surroundings> gate) {
    this.app = app;
    this.tables = tables;
    this.gate = gate;
  }

  /**
   * Whether a datagram proves to belong to a session of ours, which then hears of it; or is a
   * peer's of a session that only that peer knows, since this process has been started anew.
   */
  boolean isControl(ByteBuffer datagram, Pair.Base base, long ipHigh, long ipLow, int port) {
    SessionId claimed = Proof.sessionOf(datagram);
    if (claimed == null) {
      return false;
    }
    return tables.offers.contains(claimed)
        || isProven(claimed, datagram, new Pair(base, IpBits.address(ipHigh, ipLow, port)))
        || isOfEarlierProcess(claimed, base, ipHigh, ipLow, port);
  }

  /** Whose data a datagram is that has come by relay; see {@link UdpSocket#source}. */
  InetSocketAddress sourceByRelay(ByteBuffer datagram, long ipHigh, long ipLow, int port) {
    if (isControl(datagram, Pair.Base.RELAY, ipHigh, ipLow, port)) {
      return UdpSocket.REJECTED;
    }
    InetSocketAddress virtual = tables.relayed.receive(datagram, ipHigh, ipLow, port);
    return virtual == null ? UdpSocket.REJECTED : virtual;
  }

  /** Takes in what has come by relay while the application was not receiving. */
  void byRelay(TransportAddress from, ByteBuffer datagram) {
    long high = IpBits.high(from.ip());
    InetSocketAddress virtual = sourceByRelay(datagram, high, IpBits.low(from.ip()), from.port());
    if (virtual != UdpSocket.REJECTED) {
      app.deliver(datagram, virtual);
    }
  }

  private boolean isOfEarlierProcess(
      SessionId claimed, Pair.Base base, long ipHigh, long ipLow, int port) {
    return !tables.sessions.containsKey(claimed)
        && tables.sources(base).isKnown(ipHigh, ipLow, port);
  }

  private boolean isProven(SessionId claimed, ByteBuffer datagram, Pair from) {
    PathDriver path = tables.sessions.get(claimed);
    if (path == null) {
      return false;
    }
    ProvenMessage message = path.proof().verify(datagram);
    if (message == null) {
      return path.proof().isOwn(datagram);
    }
    gate.execute(with -> path.control(from, message));
    return true;
  }
}
