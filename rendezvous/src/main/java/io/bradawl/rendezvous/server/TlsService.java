package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.bradawl.rendezvous.tls.CertificateFiles;
import io.bradawl.rendezvous.tls.ServerCertificate;
import io.bradawl.rendezvous.tls.TlsContexts;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TLS needs beside sockets: the certificate, kept up to date, and a thread to calculate on.
 */
final class TlsService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");
  private static final long LOOK_EVERY = 1000;

  private final CertificateFiles files;
  private final EventExecutor thread;
  private final TlsEntrance entrance;

  /**
   * @throws IOException if there is no usable certificate; the message names the file
   */
  TlsService(CertificateFiles files, ConnectionGate gate, Limits limits, Telemetry telemetry)
      throws IOException {
    this.files = files;
    SslContext context = context(files.read());
    this.thread = new DefaultEventExecutor(new DefaultThreadFactory("rendezvous-tls"));
    this.entrance = new TlsEntrance(gate, context, thread, limits, telemetry);
    thread.scheduleWithFixedDelay(this::look, LOOK_EVERY, LOOK_EVERY, TimeUnit.MILLISECONDS);
  }

  /** Sets up new connections. */
  ChannelHandler entrance() {
    return entrance;
  }

  private void look() {
    try {
      ServerCertificate renewed = files.readIfChanged();
      if (renewed != null) {
        entrance.renew(context(renewed));
      }
    } catch (IOException e) {
      LOG.error("{}; new connections get the same certificate as before", e.getMessage());
    }
  }

  private static SslContext context(ServerCertificate certificate) throws IOException {
    SslContext context = TlsContexts.of(certificate);
    LOG.info("TLS certificate of {}", certificate);
    if (certificate.end().isBefore(Instant.now())) {
      LOG.warn("the TLS certificate has ended; clients will refuse it until it is renewed");
    }
    return context;
  }

  @Override
  public void close() {
    thread.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
