package io.bradawl.runtime.signal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a rendezvous server was reached.
 *
 * @param address of the server; {@code null} if only a proxy knows it
 * @param tls whether by TLS, because plain TCP does not get through or is not wanted
 */
public record ServerRoute(RendezvousServer server, @Nullable InetAddress address, boolean tls) {

  /** Where the server answers by UDP and plain TCP, if those get through. */
  @Nullable InetSocketAddress plain() {
    return address == null ? null : new InetSocketAddress(address, server.port());
  }

  /** For the log: {@code host:3478} or {@code tls:host:443}. */
  @Override
  public String toString() {
    return tls
        ? RendezvousServer.tls(server.host(), server.tlsPort()).toString()
        : server.toString();
  }
}
