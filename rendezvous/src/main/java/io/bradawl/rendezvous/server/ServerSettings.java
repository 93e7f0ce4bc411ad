package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.admission.RealmFile;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to do.
 *
 * @param listen on UDP and TCP; port 0 stands for any port that is free for TCP
 * @param realms what is served, from now on and whenever the file changes; {@code null} for any
 */
public record ServerSettings(
    List<InetSocketAddress> listen, Limits limits, @Nullable RealmFile realms) {

  public ServerSettings {
    listen = List.copyOf(listen);
  }
}
