package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.address.TransportAddress;
import java.nio.ByteBuffer;

/**
 * A datagram to send.
 *
 * @param wire ready to be read
 * @param from the socket to send it from
 */
record BindingAnswer(ByteBuffer wire, Seat from, TransportAddress to) {}
