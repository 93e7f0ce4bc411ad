package io.bradawl.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The primitives against the vectors of their RFCs, and what must not go through. */
class CryptoTest {

  @Test
  void x25519IsThatOfRfc7748Section61() throws InvalidKeyException {
    X25519KeyPair alice =
        keyPair("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    X25519KeyPair bob = keyPair("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    assertThat(alice.publicKey())
        .hasToString("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    assertThat(bob.publicKey())
        .hasToString("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    String shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
    assertThat(hex(alice.agree(bob.publicKey()))).isEqualTo(shared);
    assertThat(hex(bob.agree(alice.publicKey()))).isEqualTo(shared);
  }

  /**
   * Small order: 0, 1, -1 and the two of order 8; second spellings: the prime, the prime + 1, the
   * top bit set.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0900000000000000000000000000000000000000000000000000000000000080",
        "09"
      })
  void keysThatWouldLetOthersInAreRefused(String key) {
    X25519KeyPair own = keyPair("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    assertThatThrownBy(() -> own.agree(Octets.of(HexFormat.of().parseHex(key))))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageStartingWith("X25519 ");
  }

  @Test
  void hkdfIsThatOfRfc5869AppendixA3() {
    Secret material = Secret.copyOf(repeat(0x0b, 22));
    assertThat(hex(Hkdf.expand(Hkdf.extract(new byte[0], material), "", 42)))
        .isEqualTo(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  @Test
  void hmacIsThatOfRfc4231Section43() {
    byte[] mac =
        Hkdf.hmac(
            Secret.copyOf("Jefe".getBytes(US_ASCII)),
            "what do ya want ".getBytes(US_ASCII),
            "for nothing?".getBytes(US_ASCII));
    assertThat(HexFormat.of().formatHex(mac))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void differentInfoMakesIndependentKeys() {
    Secret key = Secret.copyOf(repeat(1, 32));
    assertThat(hex(Hkdf.expand(key, "a", 32))).isNotEqualTo(hex(Hkdf.expand(key, "b", 32)));
  }

  @Test
  void aForgedMessageLeavesSourceUntouchedAndNoPlaintextBehind() {
    byte[] nonce = new byte[Aead.NONCE_LENGTH];
    byte[] sealed =
        Arrays.copyOf(
            "a message long enough for whole blocks".getBytes(US_ASCII), 38 + Aead.TAG_LENGTH);
    try (Aead aead = aead()) {
      aead.seal(nonce, new byte[0], sealed, 0, 38);
    }
    sealed[sealed.length - 1] ^= 1;
    byte[] source = sealed.clone();
    byte[] into = repeat(7, 38);
    try (Aead aead = aead()) {
      assertThat(aead.open(nonce, new byte[0], source, 0, source.length, into, 0)).isFalse();
      assertThat(source).isEqualTo(sealed);
      assertThat(into).containsOnly(0);
      assertThat(aead.open(nonce, new byte[0], source, 0, source.length, source, 0)).isFalse();
      assertThat(Arrays.copyOf(source, 38)).as("in place").containsOnly(0);
      assertThat(aead.open(nonce, new byte[0], source, 0, Aead.TAG_LENGTH - 1, into, 0)).isFalse();
    }
  }

  @Test
  void aSecretShowsNothingAndEnds() {
    byte[] octets = repeat(0x41, 32);
    Secret secret = Secret.takeOver(octets);
    Secret copy = secret.copy();
    assertThat(secret.toString()).isEqualTo("Secret");
    secret.close();
    assertThat(octets).containsOnly(0);
    assertThat(secret.isDestroyed()).isTrue();
    assertThatThrownBy(secret::toByteArray)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("destroyed");
    assertThat(copy.toByteArray()).containsOnly(0x41);
  }

  private static Aead aead() {
    return new AesGcm(Secret.copyOf(repeat(5, Aead.KEY_LENGTH)));
  }

  private static X25519KeyPair keyPair(String privateKey) {
    return X25519KeyPair.of(Secret.takeOver(HexFormat.of().parseHex(privateKey)));
  }

  private static String hex(Secret secret) {
    return HexFormat.of().formatHex(secret.toByteArray());
  }

  private static byte[] repeat(int octet, int times) {
    byte[] octets = new byte[times];
    Arrays.fill(octets, (byte) octet);
    return octets;
  }
}
