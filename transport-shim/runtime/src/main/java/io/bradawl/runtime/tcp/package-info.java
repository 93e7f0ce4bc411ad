/**
 * TCP paths: punch ports, punching sockets, and the hand-over to the application's socket: of the
 * proven connection itself, or of the near end of a {@link io.bradawl.runtime.splice splice} onto
 * it where {@code bradawl.tcp.security} asks for encryption.
 *
 * <p>A peer whose NAT maps every destination anew comes to a listener from a port that it has not
 * told: see {@link io.bradawl.runtime.tcp.Newcomer}. Not covered: one whose NAT also uses several
 * public addresses goes to the application as an ordinary guest that begins with our proof. The
 * local address of an encrypted connection is the loopback's again once it has ended, if the
 * application still asks then.
 */
@NullMarked
package io.bradawl.runtime.tcp;

import org.jspecify.annotations.NullMarked;
