/** The sockets: STUN over UDP, STUN and signalling over TCP on the same port, on top of Netty. */
@NullMarked
package io.bradawl.rendezvous.server;

import org.jspecify.annotations.NullMarked;
