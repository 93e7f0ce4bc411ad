package io.bradawl.agent.hook.tcp;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.runtime.session.Sessions;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that takes offers and never answers. */
final class Deaf implements Sessions.OfferHandler, Closeable {

  final InetSocketAddress address;
  private final TcpTestAgent agent;
  private final Service service = new Service(Transport.TCP, 7);
  private final AtomicInteger offers = new AtomicInteger();
  private final AtomicInteger withdrawals = new AtomicInteger();

  Deaf(TcpTestAgent agent) {
    this.agent = agent;
    this.address = new InetSocketAddress(agent.self, service.port());
    agent.sessions.expose(service, this);
  }

  int offers() {
    return offers.get();
  }

  void awaitOffers(int count) throws Exception {
    TcpScenario.await(() -> offers.get() >= count);
  }

  /** How the other peer hears that a connect was given up. */
  void awaitWithdrawals(int count) throws Exception {
    TcpScenario.await(() -> withdrawals.get() >= count);
  }

  @Override
  public void offered(Sessions.IncomingOffer offer) {
    offers.incrementAndGet();
  }

  @Override
  public void withdrawn(SessionId session) {
    withdrawals.incrementAndGet();
  }

  @Override
  public void close() {
    agent.sessions.conceal(service);
  }
}
