package io.bradawl.it.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A key and a certificate for one address, made by OpenSSL for this run only.
 *
 * @param certificate in PEM; who trusts it, trusts the server
 * @param key in PEM
 */
public record TlsFiles(Path certificate, Path key) {

  /** Makes them in the given directory. */
  public static TlsFiles make(Path directory, String address) {
    TlsFiles files =
        new TlsFiles(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
    run(
        List.of(
            "openssl",
            "req",
            "-x509",
            "-nodes",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-days",
            "30",
            "-subj",
            "/CN=" + address,
            "-addext",
            "subjectAltName=IP:" + address,
            "-keyout",
            files.key.toString(),
            "-out",
            files.certificate.toString()));
    return files;
  }

  /** The options with which the rendezvous serves TLS on port 443, and further ones. */
  public String[] options(String... more) {
    return Stream.concat(
            Stream.of("--tls-listen=:443", "--tls-certificate=" + certificate, "--tls-key=" + key),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed:\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }
}
