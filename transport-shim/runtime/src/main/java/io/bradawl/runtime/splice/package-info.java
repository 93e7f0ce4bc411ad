/**
 * Encrypted TCP: the application holds one end of a loopback connection, and what passes between
 * its other end and the connection to the peer is sealed and opened here. To the application it is
 * to look like the connection itself: half-close, reset and back-pressure travel through.
 *
 * <pre>
 *   application == loopback == own leg [ Outbound seals, Inbound opens ] peer leg == wire
 * </pre>
 *
 * <p>{@link io.bradawl.runtime.splice.Splice} carries the design.
 */
@NullMarked
package io.bradawl.runtime.splice;

import org.jspecify.annotations.NullMarked;
