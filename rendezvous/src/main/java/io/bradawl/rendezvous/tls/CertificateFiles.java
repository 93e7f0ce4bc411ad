package io.bradawl.rendezvous.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.rendezvous.watch.FileWatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
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
    List<X509Certificate> chain = readChain();
    byte[] pem = readAll("TLS key", key);
    try {
      PrivateKey secret = PrivateKeyPem.parse(new String(pem, US_ASCII));
      return ServerCertificate.of(secret, chain);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS key " + key + " " + e.getMessage(), e);
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

  private List<X509Certificate> readChain() throws IOException {
    byte[] pem = readAll("TLS certificate", certificate);
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new CertificateException("holds none");
      }
      return chain;
    } catch (CertificateException e) {
      throw new IOException(
          "TLS certificate " + certificate + " is no certificate in PEM form: " + e.getMessage(),
          e);
    }
  }

  private static byte[] readAll(String what, Path path) throws IOException {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new IOException(what + " " + path + " does not exist", e);
    } catch (IOException e) {
      throw new IOException(what + " " + path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
