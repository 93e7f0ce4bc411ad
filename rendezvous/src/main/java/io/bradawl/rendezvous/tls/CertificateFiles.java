package io.bradawl.rendezvous.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.rendezvous.watch.FileWatch;
import io.bradawl.rendezvous.watch.NamedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two PEM files: a chain of certificates, and the key of the first. Not thread-safe. */
public final class CertificateFiles {

  private final Path certificate;
  private final Path key;
  private final FileWatch watch;

  public CertificateFiles(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
    this.watch = new FileWatch(certificate, key);
  }

  /**
   * Reads both.
   *
   * @throws IOException if they cannot be used; the message names the file and says why
   */
  public ServerCertificate read() throws IOException {
    watch.mark();
    List<X509Certificate> chain = Certificates.read(new NamedFile("TLS certificate", certificate));
    NamedFile file = new NamedFile("TLS key", key);
    byte[] pem = file.octets();
    try {
      PrivateKey secret = PrivateKeyPem.parse(new String(pem, US_ASCII));
      return ServerCertificate.of(secret, chain);
    } catch (GeneralSecurityException e) {
      throw file.wrong(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads both if one was changed since they were read last.
   *
   * @return {@code null} if none was
   * @throws IOException once for each change that {@link #read} cannot follow, as when a new
   *     certificate is there already and its key is not
   */
  public @Nullable ServerCertificate readIfChanged() throws IOException {
    return watch.changed() ? read() : null;
  }
}
