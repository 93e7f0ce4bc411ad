package io.bradawl.protocol.signal;

import io.bradawl.protocol.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/**
 * A rendezvous server under one of the addresses of its host name.
 *
 * @param server index into the list of servers
 * @param address {@code null} if none is known
 */
record Node(int server, @Nullable TransportAddress address) {}
