package io.bradawl.rendezvous.tls;

import io.bradawl.rendezvous.watch.NamedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in PEM form. */
public final class Certificates {

  private Certificates() {}

  /**
   * All that {@code file} holds, at least one.
   *
   * @throws IOException if it holds none, or something else; the message names it
   */
  public static List<X509Certificate> read(NamedFile file) throws IOException {
    byte[] pem = file.octets();
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new CertificateException("holds none");
      }
      return found;
    } catch (CertificateException e) {
      throw file.wrong("is no certificate in PEM form: " + e.getMessage(), e);
    }
  }
}
