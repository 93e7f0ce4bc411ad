package io.bradawl.runtime.dial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who must vouch for a server that is reached by TLS: an authority of the JVM's trust store, or one
 * of a PEM file. Nothing is loaded before it is needed. Safe from any thread.
 */
public final class TlsTrust {

  /** STUN and TURN over TLS (RFC 7443 section 6); servers that know no ALPN pay no heed. */
  private static final String ALPN = "stun.turn";

  private final @Nullable Path file;
  private @Nullable SSLContext context;

  /**
   * @param file certificates of authorities in PEM form; {@code null} for the JVM's trust store
   */
  public TlsTrust(@Nullable Path file) {
    this.file = file;
  }

  /**
   * The client's side of a connection to {@code host}, whose certificate must be for that name.
   * Reads files: not for the loop.
   *
   * @throws IOException if the PEM file, or the JVM's trust store, cannot be used
   */
  SSLEngine engine(String host, int port) throws IOException {
    SSLEngine engine = context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {ALPN});
    engine.setSSLParameters(parameters);
    return engine;
  }

  private synchronized SSLContext context() throws IOException {
    SSLContext known = context;
    if (known == null) {
      try {
        known = SSLContext.getInstance("TLS");
        known.init(null, trustManagers(), null);
      } catch (GeneralSecurityException e) {
        throw new IOException("TLS cannot be used: " + e.getMessage(), e);
      }
      context = known;
    }
    return known;
  }

  private TrustManager @Nullable [] trustManagers() throws IOException, GeneralSecurityException {
    if (file == null) {
      return null;
    }
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    int number = 0;
    for (Certificate authority : read(file)) {
      authorities.setCertificateEntry("authority " + number++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("there is no certificate in " + file + " (bradawl.tls.trust)");
      }
      return found;
    } catch (CertificateException e) {
      throw new IOException(
          "not certificates in PEM form: " + file + " (bradawl.tls.trust): " + e.getMessage(), e);
    }
  }
}
