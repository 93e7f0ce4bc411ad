package io.bradawl.rendezvous.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFilesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void readsKeysOfEveryKind(String algorithm) throws Exception {
    ServerCertificate read = TestCertificate.make(folder, "one", algorithm).install(folder).read();

    assertThat(read.toString()).startsWith("CN=one, valid until ").doesNotContain("Key");
    assertThat(TlsContexts.of(read).isServer()).isTrue();
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    TestCertificate one = TestCertificate.make(folder, "one", "EC");
    for (String algorithm : new String[] {"EC", "RSA"}) {
      TestCertificate two = TestCertificate.make(folder, "two", algorithm);
      CertificateFiles files = new TestCertificate(one.certificate(), two.key()).install(folder);

      assertThatThrownBy(files::read)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "TLS key " + folder.resolve("key.pem") + " is not the key of the certificate");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RSA PRIVATE KEY | openssl pkcs8 -topk8 -nocrypt",
        "EC PRIVATE KEY | openssl pkcs8 -topk8 -nocrypt",
        "ENCRYPTED PRIVATE KEY | openssl pkcs8 -topk8 -nocrypt",
        "CERTIFICATE | holds no private key",
        "PRIVATE KEY | none of"
      })
  void anotherFormOfKeyIsRefusedWithTheRemedy(String kind, String message) throws Exception {
    TestCertificate one = TestCertificate.make(folder, "one", "EC");
    byte[] pem =
        ("-----BEGIN " + kind + "-----\nMAA=\n-----END " + kind + "-----\n").getBytes(US_ASCII);
    CertificateFiles files = new TestCertificate(one.certificate(), pem).install(folder);

    assertThatThrownBy(files::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.resolve("key.pem").toString())
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsMissingOrNoCertificateIsNamed() throws Exception {
    CertificateFiles files = TestCertificate.make(folder, "one", "EC").install(folder);
    Path chain = Files.writeString(folder.resolve("chain.pem"), "garbage");
    assertThatThrownBy(files::read).hasMessageContaining("TLS certificate " + chain + " is no");

    Files.delete(chain);
    assertThatThrownBy(files::read).hasMessage("TLS certificate " + chain + " does not exist");
  }

  @Test
  void isReadAgainOncePerChange() throws Exception {
    CertificateFiles files = TestCertificate.make(folder, "one", "EC").install(folder);
    files.read();
    assertThat(files.readIfChanged()).isNull();

    TestCertificate two = TestCertificate.make(folder, "two", "EC");
    TestCertificate.replace(folder.resolve("chain.pem"), two.certificate());
    assertThatThrownBy(files::readIfChanged).hasMessageContaining("not the key");
    assertThat(files.readIfChanged()).isNull();

    TestCertificate.replace(folder.resolve("key.pem"), two.key());
    assertThat(files.readIfChanged()).asString().startsWith("CN=two");
  }
}
