package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.AddressFamily;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.turn.Wish;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Which ports of the relay are free, and which are kept for later. All threads share it. */
final class RelayPorts {

  /** RFC 8656 section 7.2: a reservation lasts at least 30 s. */
  private static final long RESERVATION = 30_000_000_000L;

  private record Kept(PortClaim claim, long until) {}

  private record Pool(RelayAddress address, PortPool ports) {}

  private final Map<Integer, Pool> pools = new HashMap<>();
  private final Map<ReservationToken, Kept> kept = new LinkedHashMap<>();
  private final RandomGenerator random;

  /**
   * @param random unpredictable
   */
  RelayPorts(RelaySettings settings, RandomGenerator random) {
    this.random = random;
    for (RelayAddress address : settings.addresses()) {
      PortPool ports = new PortPool(settings.firstPort(), settings.lastPort(), random);
      pools.putIfAbsent(family(address), new Pool(address, ports));
    }
  }

  /**
   * A port for one address of what is asked for.
   *
   * @param now nanoseconds
   * @throws NoPortException if there is none
   */
  synchronized PortClaim claim(Wish<?> wish, int family, long now) throws NoPortException {
    dropOldReservations(now);
    ReservationToken token = wish.token();
    if (token != null) {
      Kept claimed = kept.remove(token);
      if (claimed == null) {
        throw new NoPortException(ErrorCode.INSUFFICIENT_CAPACITY, "no such reservation");
      }
      return claimed.claim();
    }
    Pool pool = pools.get(family);
    if (pool == null) {
      throw new NoPortException(ErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED, "");
    }
    int port = wish.even() ? pool.ports().takeEven(wish.reserveNext()) : pool.ports().take();
    if (port == PortPool.NONE) {
      throw new NoPortException(ErrorCode.INSUFFICIENT_CAPACITY, "no port is free");
    }
    return wish.reserveNext()
        ? new PortClaim(pool.address(), port, keep(pool.address(), port + 1, now))
        : new PortClaim(pool.address(), port, null);
  }

  /** Makes a port free again. */
  synchronized void give(PortClaim claim) {
    ports(claim).give(claim.port());
  }

  /** Makes both ports free again, of a claim that came to nothing. */
  synchronized void giveAll(PortClaim claim) {
    give(claim);
    ReservationToken token = claim.reserved();
    Kept next = token == null ? null : kept.remove(token);
    if (next != null) {
      give(next.claim());
    }
  }

  private ReservationToken keep(RelayAddress address, int port, long now) {
    ReservationToken token = new ReservationToken(random.nextLong());
    kept.put(token, new Kept(new PortClaim(address, port, null), now + RESERVATION));
    return token;
  }

  /** All last equally long, so the oldest come first. */
  private void dropOldReservations(long now) {
    Iterator<Kept> oldest = kept.values().iterator();
    while (oldest.hasNext()) {
      Kept next = oldest.next();
      if (next.until() - now > 0) {
        return;
      }
      oldest.remove();
      give(next.claim());
    }
  }

  private PortPool ports(PortClaim claim) {
    Pool pool = pools.get(family(claim.address()));
    if (pool == null) {
      throw new IllegalArgumentException(claim + " is of no pool");
    }
    return pool.ports();
  }

  private static int family(RelayAddress address) {
    return address.isIpv6() ? AddressFamily.IPV6 : AddressFamily.IPV4;
  }
}
