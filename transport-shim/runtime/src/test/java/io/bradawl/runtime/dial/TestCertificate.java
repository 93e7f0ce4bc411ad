package io.bradawl.runtime.dial;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and a certificate for it, made by the JDK's keytool, that vouches for itself. */
public final class TestCertificate {

  private static final String ALIAS = "server";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path pem;
  private final KeyStore store;

  private TestCertificate(Path pem, KeyStore store) {
    this.pem = pem;
    this.store = store;
  }

  /**
   * @param names for example {@code dns:localhost,ip:127.0.0.1}
   */
  public static TestCertificate of(String names, Path directory) throws Exception {
    Path file = directory.resolve("server.p12");
    keytool(file, names);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    Path pem = directory.resolve("server.pem");
    String base64 =
        Base64.getMimeEncoder().encodeToString(store.getCertificate(ALIAS).getEncoded());
    Files.writeString(
        pem, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    return new TestCertificate(pem, store);
  }

  private static void keytool(Path file, String names) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "SAN=" + names,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    String.valueOf(PASSWORD)))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new AssertionError(output);
    }
  }

  /** For {@code bradawl.tls.trust}. */
  public Path pem() {
    return pem;
  }

  /** The server's side. */
  public SSLContext context() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Listens on loopback. */
  public ServerSocket listen() throws IOException, GeneralSecurityException {
    return context()
        .getServerSocketFactory()
        .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }
}
