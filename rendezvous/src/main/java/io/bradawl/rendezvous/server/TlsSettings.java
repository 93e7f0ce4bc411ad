package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.tls.CertificateFiles;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the server speaks TLS.
 *
 * @param listen at least one; port 0 stands for any that is free
 */
public record TlsSettings(List<InetSocketAddress> listen, CertificateFiles certificate) {

  public TlsSettings {
    listen = List.copyOf(listen);
  }
}
