/**
 * The client's side of TURN (RFC 8656, RFC 6062) as a sans-IO machine, {@link
 * io.bradawl.protocol.turn.client.TurnClient}: it keeps one allocation with its permissions and
 * channels. Application data is no business of it; that goes in {@code ChannelData} straight
 * between socket and driver.
 */
@NullMarked
package io.bradawl.protocol.turn.client;

import org.jspecify.annotations.NullMarked;
