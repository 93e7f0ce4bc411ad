package io.bradawl.runtime.signal;

import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks a host name up without holding up the driver loop: the JDK's resolver blocks. */
final class HostLookup {

  private HostLookup() {}

  /** All addresses of the server, in the resolver's order; none if it knows none. */
  static CompletableFuture<List<TransportAddress>> of(RendezvousServer server) {
    CompletableFuture<List<TransportAddress>> result = new CompletableFuture<>();
    Thread lookup =
        new Thread(() -> result.completeAsync(() -> resolve(server), Runnable::run), "bradawl-dns");
    lookup.setDaemon(true);
    lookup.start();
    return result;
  }

  private static List<TransportAddress> resolve(RendezvousServer server) {
    try {
      return Arrays.stream(InetAddress.getAllByName(server.host()))
          .map(ip -> new TransportAddress(ip, server.port()))
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
