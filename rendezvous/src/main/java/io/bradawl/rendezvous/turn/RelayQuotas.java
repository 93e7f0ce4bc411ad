package io.bradawl.rendezvous.turn;

/**
 * How much of the relay there is, and how much of it one user or source may have.
 *
 * @param allocations at once
 * @param perUser of these
 * @param perSource of these, from one IPv4 address or one IPv6 network of 64 bits
 * @param bytesPerSecond relayed payload; 0 for no limit
 * @param bytesPerSecondOfUser of these; 0 for no limit
 */
public record RelayQuotas(
    int allocations, int perUser, int perSource, long bytesPerSecond, long bytesPerSecondOfUser) {

  public static final RelayQuotas DEFAULT = new RelayQuotas(100_000, 128, 4_000, 0, 0);
}
