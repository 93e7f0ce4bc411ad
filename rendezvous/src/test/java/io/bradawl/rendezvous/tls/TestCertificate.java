package io.bradawl.rendezvous.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A certificate that signed itself, made by the JDK's keytool, as PEM files. */
public record TestCertificate(byte[] certificate, byte[] key) {

  private static final char[] PASSWORD = "changeit".toCharArray();

  /**
   * @param algorithm as keytool names it: EC, RSA, Ed25519
   */
  public static TestCertificate make(Path folder, String name, String algorithm)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve(name + "." + algorithm + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return new TestCertificate(
        pem("CERTIFICATE", keys.getCertificate("server").getEncoded()),
        pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
  }

  /** Puts both files where they are expected, each at once. */
  public CertificateFiles install(Path folder) throws IOException {
    return new CertificateFiles(
        replace(folder.resolve("chain.pem"), certificate), replace(folder.resolve("key.pem"), key));
  }

  /** Puts a file where it is expected, at once. */
  public static Path replace(Path path, byte[] octets) throws IOException {
    Path beside = Files.write(path.resolveSibling(path.getFileName() + ".new"), octets);
    return Files.move(
        beside, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] pem(String kind, byte[] octets) {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(octets);
    return String.join(
            "\n", List.of("-----BEGIN " + kind + "-----", body, "-----END " + kind + "-----", ""))
        .getBytes(US_ASCII);
  }
}
