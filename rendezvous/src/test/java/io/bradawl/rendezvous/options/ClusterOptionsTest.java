package io.bradawl.rendezvous.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.rendezvous.cluster.ClusterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterOptionsTest {

  private final RedisAddress reader = new RedisAddress();

  @ParameterizedTest
  @CsvSource({
    "redis://redis.example.org, redis.example.org:6379/0",
    "redis://user:secret@redis.example.org:7000/3, redis.example.org:7000/3",
    "rediss://:secret@127.0.0.1, 127.0.0.1:6379/0"
  })
  void readsWhereRedisIs(String text, String place) {
    ClusterSettings settings = reader.convert(text);
    assertThat(settings.place()).isEqualTo(place);
    assertThat(settings.redis().isSsl()).isEqualTo(text.startsWith("rediss"));
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void verifiesTheServerByTls() {
    assertThat(reader.convert("rediss://redis.example.org").redis().getVerifyMode().name())
        .isEqualTo("FULL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redis.example.org",
        "http://secret@x",
        "redis://",
        "redis://secret@",
      })
  void refusesWithoutRepeatingWhatMayBeSecret(String text) {
    assertThatThrownBy(() -> reader.convert(text))
        .hasMessageContaining("redis://[user:password@]host[:port][/database]")
        .hasMessageNotContaining("secret");
  }
}
