package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.seal.Relaying;
import java.nio.channels.SocketChannel;

/**
 * The connection on which the peer has proved itself, and which both sides have settled on.
 *
 * @param channel non-blocking, in no selector
 * @param local this side's address, as the application is to see it
 * @param remote where it leads to: the peer's address, or that of a relay
 * @param kind of the remote candidate
 * @param relaying what is on the way, as far as this side knows
 * @param ended to be run when the connection is no more, if that is ever known
 */
record ProvenConnection(
    SocketChannel channel,
    TransportAddress local,
    TransportAddress remote,
    Candidate.Kind kind,
    Relaying relaying,
    Runnable ended) {}
