/**
 * The relay of last resort: a TURN server (RFC 8656, RFC 6062) on the ports of the rendezvous.
 *
 * <p>What is decided is decided in {@code protocol.turn}; here are the sockets and the way of
 * relayed data, which is kept short: a handler finds the allocation, the allocation names the other
 * end, an {@link io.bradawl.rendezvous.net.Outlet} writes many datagrams at once.
 */
@NullMarked
package io.bradawl.rendezvous.turn;

import org.jspecify.annotations.NullMarked;
