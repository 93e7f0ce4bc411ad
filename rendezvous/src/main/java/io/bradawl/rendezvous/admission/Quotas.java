package io.bradawl.rendezvous.admission;

/**
 * How much of the server one peer, or one source of connections, may have.
 *
 * @param connectionsPerSource at once; a source is an IPv4 address or an IPv6 network of 64 bits
 * @param joinsPerSource connections that ask to register, a second, sustained; ten times as many at
 *     once
 * @param processesPerPeer that are registered under one peer id at once
 * @param offersPerPeer a second, sustained; ten times as many at once
 */
public record Quotas(
    int connectionsPerSource, int joinsPerSource, int processesPerPeer, int offersPerPeer) {

  public static final Quotas DEFAULT = new Quotas(4000, 50, 64, 50);

  /** Peers that may hold one name of a realm; as many hear of a withdrawal. */
  public static final int HOLDERS_OF_NAME = 64;
}
