package io.bradawl.runtime.signal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks a host name up without holding up the driver loop: the JDK's resolver blocks. */
final class HostLookup {

  private HostLookup() {}

  static CompletableFuture<InetSocketAddress> of(RendezvousServer server) {
    CompletableFuture<InetSocketAddress> result = new CompletableFuture<>();
    Thread lookup =
        new Thread(() -> result.completeAsync(() -> resolve(server), Runnable::run), "bradawl-dns");
    lookup.setDaemon(true);
    lookup.start();
    return result;
  }

  private static InetSocketAddress resolve(RendezvousServer server) {
    try {
      return new InetSocketAddress(InetAddress.getByName(server.host()), server.port());
    } catch (UnknownHostException e) {
      throw new CompletionException("host name " + server.host() + " cannot be resolved", e);
    }
  }
}
