package io.bradawl.rendezvous.cluster;

import java.time.Duration;

/**
 * What the cluster bears of one peer, wherever its processes are registered.
 *
 * @param lifetime of what is entered, unless it is refreshed
 * @param processesPerPeer under one peer id
 * @param holdersOfName peers that hold one name of a realm
 */
public record Quota(Duration lifetime, int processesPerPeer, int holdersOfName) {}
