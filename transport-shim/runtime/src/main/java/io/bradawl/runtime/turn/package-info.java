/**
 * TURN as a client: which servers there are and with what account ({@link
 * io.bradawl.runtime.turn.TurnServers}), connections to them ({@link
 * io.bradawl.runtime.turn.TurnStream}), and the driver of one allocation ({@link
 * io.bradawl.runtime.turn.TurnSession}). What is relayed is the business of {@code runtime.udp} and
 * {@code runtime.tcp}.
 */
@NullMarked
package io.bradawl.runtime.turn;

import org.jspecify.annotations.NullMarked;
