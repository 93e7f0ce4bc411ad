/**
 * What application data looks like between two peers: {@link
 * io.bradawl.protocol.seal.DatagramSealer} and its opener for UDP, where anything may be lost,
 * doubled or late, {@link io.bradawl.protocol.seal.StreamSealer} and its opener for TCP, where
 * nothing may, with {@link io.bradawl.protocol.seal.StreamWindow}, which keeps relays from being
 * full. Each direction has a seal of its own, from a key of its own. Arrays in, arrays out; none of
 * it is thread-safe.
 */
@NullMarked
package io.bradawl.protocol.seal;

import org.jspecify.annotations.NullMarked;
