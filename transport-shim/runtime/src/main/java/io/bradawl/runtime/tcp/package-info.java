/**
 * TCP paths: punch ports, punching sockets, and the hand-over to the application's socket: of the
 * proven connection itself, or of the near end of a {@link io.bradawl.runtime.splice splice} onto
 * it where {@code bradawl.tcp.security} asks for encryption.
 *
 * <p>Not covered: a peer's connection that the kernel accepts from an address that was not offered
 * (its NAT maps every destination anew) goes to the application as an ordinary guest that begins
 * with our proof. To tell it apart its first octets would have to be looked at without taking them,
 * and the JDK has no call for that. The local address of an encrypted connection is the loopback's
 * again once it has ended, if the application still asks then.
 */
@NullMarked
package io.bradawl.runtime.tcp;

import org.jspecify.annotations.NullMarked;
