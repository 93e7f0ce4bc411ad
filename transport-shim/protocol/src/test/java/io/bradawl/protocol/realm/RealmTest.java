package io.bradawl.protocol.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealmTest {

  private static final String SECRET = "pN3vYw8kQzL5tRb2XcMf7HsJd9GaUe4Ko1ViTq6WyEx";

  private final Realm realm = Realm.of(RealmSecret.parse(SECRET));
  private final PeerId alice = id(1);
  private final PeerId bob = id(2);

  @Test
  void membersHaveTheSameKeysAndOthersNone() {
    Realm same = Realm.of(RealmSecret.parse(" " + SECRET + "\n"));
    Realm other = Realm.of(RealmSecret.parse(SECRET.replace('p', 'q')));
    assertThat(same.accessKey()).isEqualTo(realm.accessKey()).isNotEqualTo(other.accessKey());
    assertThat(hex(same.handshakePsk()))
        .isEqualTo(hex(realm.handshakePsk()))
        .isNotEqualTo(hex(other.handshakePsk()));
    assertThat(AccessKey.parse(realm.accessKey().toString())).isEqualTo(realm.accessKey());
  }

  @Test
  void generatedSecretsAreGoodOnes() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      byte[] octets = new byte[32];
      random.nextBytes(octets);
      assertThat(RealmSecret.parse(RealmSecret.generate(octets)).length()).isEqualTo(43);
      byte[] half = new byte[16];
      random.nextBytes(half);
      assertThat(RealmSecret.parse(HexFormat.of().formatHex(half)).length()).isEqualTo(32);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "0123456789abcdef0123456789abcde",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc",
        "correct horse battery staple correct horse",
        "0123456789abcdef0123456789abcdefü"
      })
  void secretsThatCanBeGuessedAreRefusedWithTheRemedyAndWithoutTheSecret(String secret) {
    assertThatThrownBy(() -> RealmSecret.parse(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("realm secret has ")
        .hasMessageContaining("java -jar bradawl-agent.jar realm")
        .satisfies(e -> assertThat(secret.isEmpty() || !e.getMessage().contains(secret)).isTrue());
  }

  @Test
  void aSecretMayNotBeEndlessEither() {
    assertThatThrownBy(() -> RealmSecret.parse(SECRET.repeat(30)))
        .hasMessageContaining("1290 characters; 32 to 1024");
  }

  @Test
  void aClaimHolds() {
    NameClaim claim = realm.claim(new PeerName("db"), alice);
    assertThat(realm.verifies(claim)).isTrue();
    assertThat(Realm.of(RealmSecret.parse(SECRET)).verifies(claim)).isTrue();
  }

  @Test
  void aClaimForAnotherKeyNameOrRealmDoesNot() {
    NameClaim claim = realm.claim(new PeerName("db"), alice);
    assertThat(realm.verifies(new NameClaim(claim.name(), bob, claim.mac()))).isFalse();
    assertThat(realm.verifies(new NameClaim(new PeerName("db1"), alice, claim.mac()))).isFalse();
    assertThat(realm.verifies(new NameClaim(new PeerName("d"), alice, claim.mac()))).isFalse();
    assertThat(Realm.of(RealmSecret.parse(SECRET + "x")).verifies(claim)).isFalse();
  }

  @Test
  void everyFlippedBitOfAClaimsMacIsDetected() {
    NameClaim claim = realm.claim(new PeerName("db"), alice);
    for (int bit = 0; bit < NameClaim.MAC_LENGTH * 8; bit++) {
      byte[] mac = claim.mac().toByteArray();
      mac[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(realm.verifies(new NameClaim(claim.name(), alice, Octets.of(mac)))).isFalse();
    }
  }

  @Test
  void nothingOfTheSecretIsShownAndAllOfItEnds() {
    Secret secret = RealmSecret.parse(SECRET);
    Realm shortLived = Realm.of(secret);
    assertThat(secret.isDestroyed()).isTrue();
    assertThat(shortLived.toString()).isEqualTo("Realm[" + realm.accessKey() + "]");
    shortLived.close();
    assertThatThrownBy(() -> shortLived.claim(new PeerName("db"), alice))
        .isInstanceOf(IllegalStateException.class);
    assertThat(shortLived.handshakePsk().isDestroyed()).isTrue();
  }

  private static PeerId id(int seed) {
    byte[] key = new byte[PeerId.LENGTH];
    new Random(seed).nextBytes(key);
    return new PeerId(Octets.of(key));
  }

  private static String hex(Secret secret) {
    return HexFormat.of().formatHex(secret.toByteArray());
  }
}
