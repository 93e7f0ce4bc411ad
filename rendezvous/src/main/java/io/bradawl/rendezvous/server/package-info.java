/** The server's life from start to end, and its sockets: UDP, TCP and TLS, on top of Netty. */
@NullMarked
package io.bradawl.rendezvous.server;

import org.jspecify.annotations.NullMarked;
