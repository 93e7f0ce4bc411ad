package io.bradawl.protocol.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLimitedCredentialsTest {

  private static final long NOW = 1_800_000_000L;

  private final TimeLimitedCredentials credentials = of("north");

  /** Made with: printf %s 1800003600:alice | openssl dgst -sha1 -hmac north -binary | base64. */
  @Test
  void passwordIsACodeOverTheName() {
    TimeLimitedCredential made = credentials.mint("alice", 3600, NOW);

    assertThat(made.username()).isEqualTo("1800003600:alice");
    assertThat(made.password()).isEqualTo("qe6uQh2FdtYywRuncfIrYF8O4Rk=");
    assertThat(made.toString()).doesNotContain(made.password());
  }

  @Test
  void keyIsThatOfTheCredentialUntilItEnds() {
    TimeLimitedCredential made = credentials.mint("alice", 3600, NOW);
    var expected =
        new LongTermCredential(made.username(), made.password())
            .key("realm", PasswordAlgorithm.MD5);

    assertThat(credentials.key(made.username(), "realm", PasswordAlgorithm.MD5, NOW))
        .isEqualTo(expected);
    assertThat(credentials.key(made.username(), "realm", PasswordAlgorithm.MD5, NOW + 3599))
        .isEqualTo(expected);
    assertThat(credentials.key(made.username(), "realm", PasswordAlgorithm.MD5, NOW + 3600))
        .isNull();
    assertThat(of("south").key(made.username(), "realm", PasswordAlgorithm.MD5, NOW))
        .isNotEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice", ":alice", "x:alice", "-1:alice", "9999999999999:a", "1e9:a"})
  void otherNamesAreOfNobody(String username) {
    assertThat(credentials.key(username, "realm", PasswordAlgorithm.MD5, NOW)).isNull();
  }

  @Test
  void laterCredentialsAreOfTheSameUser() {
    assertThat(TimeLimitedCredentials.label("1800003600:alice")).isEqualTo("alice");
    assertThat(TimeLimitedCredentials.label("1800009999:alice")).isEqualTo("alice");
    assertThat(TimeLimitedCredentials.label("bob")).isEqualTo("bob");
    assertThat(TimeLimitedCredentials.label("bob:x")).isEqualTo("bob:x");
  }

  private static TimeLimitedCredentials of(String secret) {
    return new TimeLimitedCredentials(Secret.takeOver(secret.getBytes(UTF_8)));
  }
}
