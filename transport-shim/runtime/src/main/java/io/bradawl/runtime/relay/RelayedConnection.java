package io.bradawl.runtime.relay;

import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * A connection with a peer through the relay.
 *
 * @param channel connected, non-blocking, in no selector; next comes what the peer says
 * @param local this host's address on the way to the relay
 * @param remote the peer's address, as the relay sees it
 * @param foreign whether the relay need not be Bradawl's
 * @param over completes when the connection is no more, on any thread; never if nobody but the
 *     application will know
 */
public record RelayedConnection(
    SocketChannel channel,
    InetAddress local,
    TransportAddress remote,
    boolean foreign,
    CompletableFuture<Void> over) {}
