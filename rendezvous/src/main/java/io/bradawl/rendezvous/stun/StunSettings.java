package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.stun.Software;
import io.bradawl.rendezvous.net.ExternalAddresses;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the server does for STUN clients beyond answering Binding.
 *
 * @param alternate another IP address and another port, for behaviour discovery (RFC 5780); port 0
 *     stands for any that is free; {@code null} without it
 * @param software what the server says of itself; {@code null} to say nothing
 * @param external what clients are told of its addresses
 */
public record StunSettings(
    @Nullable InetSocketAddress alternate,
    @Nullable Software software,
    ExternalAddresses external) {

  public static final StunSettings PLAIN = new StunSettings(null, null, ExternalAddresses.NONE);
}
