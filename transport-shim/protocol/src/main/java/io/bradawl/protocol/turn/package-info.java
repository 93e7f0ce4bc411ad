/**
 * TURN, the server's half and what both halves share (RFC 8656, RFC 6062): allocations,
 * permissions, channels and connections as pure state.
 */
@NullMarked
package io.bradawl.protocol.turn;

import org.jspecify.annotations.NullMarked;
