package io.bradawl.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.realm.AccessKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void keygenMakesAFileAndIdPrintsTheSameId() {
    String file = directory.resolve("key").toString();
    assertThat(run("keygen", file)).isZero();
    String id = taken(out);
    assertThat(PeerId.isId(id)).isTrue();
    assertThat(run("id", file)).isZero();
    assertThat(taken(out)).isEqualTo(id);
    assertThat(taken(err)).isEmpty();
  }

  @Test
  void keygenLeavesAnExistingFileAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "precious");
    assertThat(run("keygen", file.toString())).isEqualTo(73);
    assertThat(taken(err)).contains(file.toString(), "is there already");
    assertThat(file).hasContent("precious");
  }

  @Test
  void saysWhatIsWrongWithAKeyFile() {
    assertThat(run("keygen", directory.resolve("no/key").toString())).isEqualTo(73);
    assertThat(taken(err)).contains("there is no directory");
    assertThat(run("id", directory.resolve("absent").toString())).isEqualTo(66);
    assertThat(taken(err)).contains("there is no file");
    assertThat(taken(out)).isEmpty();
  }

  @Test
  void realmMakesASecretThatCanGoStraightToAFile() throws IOException {
    assertThat(run("realm")).isZero();
    String secret = taken(out);
    assertThat(secret).hasSize(43);
    String explanation = taken(err);
    assertThat(explanation).doesNotContain(secret).contains("secret.file");
    Path file = Files.writeString(directory.resolve("secret"), secret + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(run("realm", "--secret-file", file.toString())).isZero();
    String accessKey = taken(out);
    assertThat(AccessKey.parse(accessKey)).hasToString(accessKey);
    assertThat(explanation).contains(accessKey);
  }

  @Test
  void refusesABadSecretWithoutShowingIt() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "hush");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(run("realm", "--secret-file", file.toString())).isEqualTo(66);
    assertThat(taken(err)).contains(file.toString(), "32 to 1024").doesNotContain("hush");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("realm", "--secret-file", file.toString())).isEqualTo(66);
    assertThat(taken(err)).contains("chmod o-rwx,g-w");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "keygen",
        "id",
        "keygen a b",
        "realm hush",
        "--help me",
        "realm --secret-file"
      })
  void explainsItsUse(String words) {
    assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(64);
    assertThat(taken(err)).contains("keygen FILE", "realm --secret-file FILE");
    assertThat(taken(out)).isEmpty();
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(taken(out)).contains("bradawl.identity", "bradawl.allow", "keygen FILE");
    assertThat(run("version")).isZero();
    assertThat(taken(out)).startsWith("bradawl ");
    assertThat(taken(err)).isEmpty();
  }

  private int run(String... arguments) {
    return new CommandLine(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .applyAsInt(arguments);
  }

  private static String taken(ByteArrayOutputStream stream) {
    String text = stream.toString(UTF_8).strip();
    stream.reset();
    return text;
  }
}
