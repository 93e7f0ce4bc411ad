package io.bradawl.protocol.stun.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.stun.Nonce;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class NoncesTest {

  private static final long NOW = 1_800_000_000L;
  private static final int LIFETIME = 3600;
  private static final SecurityFeatures FEATURES = new SecurityFeatures(true, false);

  private final Nonces nonces = nonces("one secret", FEATURES);

  @Test
  void isGoodForItsAddressUntilItEnds() {
    Nonce nonce = nonces.mint(at("192.0.2.1", 4000), NOW);

    assertThat(nonces.accepts(nonce, at("192.0.2.1", 4000), NOW + LIFETIME - 1)).isTrue();
    assertThat(nonces.accepts(nonce, at("192.0.2.1", 4000), NOW + LIFETIME)).isFalse();
    assertThat(nonces.accepts(nonce, at("192.0.2.2", 4000), NOW)).isFalse();
  }

  @Test
  void isGoodForEveryPortOfItsAddressAndDiffersBetweenThem() {
    Nonce nonce = nonces.mint(at("192.0.2.1", 4000), NOW);

    assertThat(nonces.accepts(nonce, at("192.0.2.1", 4001), NOW)).isTrue();
    assertThat(nonces.mint(at("192.0.2.1", 4001), NOW)).isNotEqualTo(nonce);
  }

  @Test
  void ofIpv6OnlyTheNetworkCounts() {
    Nonce nonce = nonces.mint(at("2001:db8:1:2::1", 4000), NOW);

    assertThat(nonces.accepts(nonce, at("2001:db8:1:2:aaaa::9", 4000), NOW)).isTrue();
    assertThat(nonces.accepts(nonce, at("2001:db8:1:3::1", 4000), NOW)).isFalse();
  }

  @Test
  void isGoodOnEveryServerOfTheSameSecretOnly() {
    Nonce nonce = nonces.mint(at("192.0.2.1", 4000), NOW);

    assertThat(nonces("one secret", FEATURES).accepts(nonce, at("192.0.2.1", 1), NOW)).isTrue();
    assertThat(nonces("another", FEATURES).accepts(nonce, at("192.0.2.1", 1), NOW)).isFalse();
  }

  @Test
  void noCharacterCanBeChanged() {
    TransportAddress source = at("192.0.2.1", 4000);
    String nonce = nonces.mint(source, NOW).value();

    for (int i = 0; i < nonce.length(); i++) {
      char other = nonce.charAt(i) == 'A' ? 'B' : 'A';
      Nonce changed = new Nonce(nonce.substring(0, i) + other + nonce.substring(i + 1));
      assertThat(nonces.accepts(changed, source, NOW)).as("character %d", i).isFalse();
      Nonce cut = new Nonce(nonce.substring(0, i));
      assertThat(nonces.accepts(cut, source, NOW)).as("cut at %d", i).isFalse();
    }
    assertThat(nonces.accepts(new Nonce(nonce + "AAAA"), source, NOW)).isFalse();
  }

  @Test
  void aNonceFromTheFutureIsNotGood() {
    Nonce nonce = nonces.mint(at("192.0.2.1", 4000), NOW);

    assertThat(nonces.accepts(nonce, at("192.0.2.1", 4000), NOW - 1)).isFalse();
  }

  @Test
  void tellsTheFeaturesInItsFirstCharacters() {
    assertThat(nonces.mint(at("192.0.2.1", 1), NOW).value()).startsWith("obMatJos2AAAB");
    for (SecurityFeatures features :
        new SecurityFeatures[] {
          SecurityFeatures.NONE, FEATURES, new SecurityFeatures(true, true)
        }) {
      String nonce = nonces("x", features).mint(at("192.0.2.1", 1), NOW).value();
      assertThat(SecurityFeatures.of(nonce)).isEqualTo(features);
    }
    for (String foreign : new String[] {"", "obMatJos2", "obMatJos2%%%%x", "f//499k954d6OL3"}) {
      assertThat(SecurityFeatures.of(foreign)).isEqualTo(SecurityFeatures.NONE);
    }
  }

  private static Nonces nonces(String secret, SecurityFeatures features) {
    return new Nonces(Secret.takeOver(secret.getBytes(UTF_8)), features, LIFETIME);
  }

  private static TransportAddress at(String ip, int port) {
    try {
      return new TransportAddress(InetAddress.getByName(ip), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
