package io.bradawl.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.turn.TurnUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnConfigTest {

  @TempDir Path directory;

  @Test
  void readsServersAndAccount() throws ConfigException {
    TurnConfig turn =
        turn(
            Map.of(
                "bradawl.turn", "turn:relay.example:3479?transport=udp, turns:relay.example",
                "bradawl.turn.user", "alice",
                "bradawl.turn.password", "wonder"));

    assertThat(turn.servers())
        .containsExactly(
            TurnUri.parse("turn:relay.example:3479?transport=udp"),
            TurnUri.parse("turns:relay.example:5349"));
    assertThat(turn.user()).isEqualTo("alice");
    assertThat(turn.password()).isEqualTo("wonder");
    assertThat(turn.toString()).doesNotContain("wonder");
  }

  @Test
  void readsThePasswordFromAFileWithoutItsEndOfLine() throws Exception {
    assertThat(turn(withFile(file("rw-------"))).password()).isEqualTo("wonder");
  }

  @Test
  void refusesAPasswordFileThatOthersCanRead() throws IOException {
    Map<String, String> settings = withFile(file("rw-r--r--"));
    assertThatThrownBy(() -> turn(settings)).hasMessageContaining("bradawl.turn.password.file");
  }

  @ParameterizedTest
  @CsvSource({
    "turn, stun:relay.example, must look like turn:host:port",
    "turn, turn:relay.example?transport=sctp, neither udp nor tcp",
    "turn, turns:relay.example?transport=udp, DTLS",
    "turn, turn:relay.example:0, outside 1..65535",
    "turn, turn:relay.example, bradawl.turn.user",
    "turn.user, alice, names no server",
    "stun, tls:stun.example, asked by UDP",
    "stun, stun.example:port, allowed: host"
  })
  void refusesWithARemedy(String key, String value, String remedy) {
    assertThatThrownBy(() -> read(Map.of("bradawl." + key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bradawl." + key)
        .hasMessageContaining(remedy);
  }

  @Test
  void aPasswordIsNotRepeatedInAMessage() {
    assertThatThrownBy(() -> read(Map.of("bradawl.turn.password", "wonder")))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("wonder");
  }

  @Test
  void readsStunServers() throws ConfigException {
    assertThat(read(Map.of("bradawl.stun", "stun.example,[2001:db8::1]:19302")).stun())
        .containsExactly(
            new RendezvousAddress("stun.example", 3478, false),
            new RendezvousAddress("2001:db8::1", 19302, false));
  }

  private Path file(String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "wonder\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static Map<String, String> withFile(Path file) {
    return Map.of(
        "bradawl.turn", "turn:relay.example",
        "bradawl.turn.user", "alice",
        "bradawl.turn.password.file", file.toString());
  }

  private static TurnConfig turn(Map<String, String> settings) throws ConfigException {
    return Objects.requireNonNull(read(settings).turn());
  }

  private static AgentConfig read(Map<String, String> settings) throws ConfigException {
    Properties properties = new Properties();
    properties.putAll(settings);
    return Objects.requireNonNull(AgentConfig.read("", properties, Map.of()));
  }
}
