package io.bradawl.rendezvous.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.rendezvous.cluster.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClusterOptionsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "redis://redis.example.org, redis.example.org:6379/0",
    "redis://user:secret@redis.example.org:7000/3, redis.example.org:7000/3",
    "redis://shop_redis_1:7000, shop_redis_1:7000/0",
    "redis://:secret@shop_redis_1:7000/2, shop_redis_1:7000/2",
    "redis://[::1]:7000/3, [::1]:7000/3",
    "rediss://:secret@127.0.0.1, 127.0.0.1:6379/0"
  })
  void readsWhereRedisIs(String text, String place) throws IOException {
    ClusterSettings settings = settings("--cluster=" + text);
    assertThat(settings.place()).isEqualTo(place);
    assertThat(settings.redis().isSsl()).isEqualTo(text.startsWith("rediss"));
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void verifiesTheServerByTls() throws IOException {
    assertThat(settings("--cluster=rediss://redis.example.org").redis().getVerifyMode().name())
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
        "redis://user:secret@x:y",
        "redis://user:secret@x:66000",
        "redis://user:secret%@x"
      })
  void refusesWithoutRepeatingWhatMayBeSecret(String text) {
    assertThatThrownBy(() -> settings("--cluster=" + text))
        .hasMessageContaining("--cluster")
        .hasMessageContaining("redis://[user:password@]host[:port][/database]")
        .hasMessageNotContaining("secret");
    assertThat(new RedisAddress(text).toString()).doesNotContain("secret");
  }

  @Test
  void authoritiesThatAreNoneAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("ca.pem"), "garbage");
    assertThatThrownBy(() -> settings("--cluster=rediss://x", "--cluster-ca=" + file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--cluster-ca " + file + " is no certificate in PEM form");
  }

  private static ClusterSettings settings(String... arguments) throws IOException {
    ClusterOptions options = new ClusterOptions();
    new CommandLine(options).parseArgs(arguments);
    return options.settings();
  }
}
