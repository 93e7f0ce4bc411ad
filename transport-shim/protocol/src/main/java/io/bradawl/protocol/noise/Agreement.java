package io.bradawl.protocol.noise;

import io.bradawl.protocol.Octets;

/**
 * What a side holds when its part of the handshake is done.
 *
 * @param octets the other side's payload (offerer), or the message to send (answerer)
 */
public record Agreement(Octets octets, SessionKeys keys) {}
