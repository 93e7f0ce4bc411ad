package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.AllocationQuota;
import io.bradawl.rendezvous.net.Source;
import io.bradawl.rendezvous.net.Tally;

/** How many allocations there are, of whom. All threads share it. */
final class AllocationCounts implements AllocationQuota {

  private final RelayQuotas quotas;
  private final Tally<String> users = new Tally<>();
  private final Tally<Source> sources = new Tally<>();
  private int all;

  AllocationCounts(RelayQuotas quotas) {
    this.quotas = quotas;
  }

  @Override
  public synchronized boolean enter(String user, TransportAddress source) {
    if (all >= quotas.allocations() || !users.enter(user, quotas.perUser())) {
      return false;
    }
    if (!sources.enter(Source.of(source.ip()), quotas.perSource())) {
      users.leave(user);
      return false;
    }
    all++;
    return true;
  }

  @Override
  public synchronized void leave(String user, TransportAddress source) {
    users.leave(user);
    sources.leave(Source.of(source.ip()));
    all--;
  }
}
