package io.bradawl.rendezvous.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.turn.TimeLimitedCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is known, while the file changes. */
class RelayUsersTest {

  private static final String REALM = "test";

  @TempDir private Path folder;
  private Path file;
  private RelayUsers users;

  @BeforeEach
  void list() throws IOException {
    file = Files.writeString(folder.resolve("users"), "# ours\n\nann:secret of ann\n");
    users = new RelayUsers(new UsersFile(file), new TimeLimitedCredentials(Secret.zeros(32)));
  }

  @Test
  void usersComeAndGoWithTheFile() throws IOException {
    assertThat(knows("ann", "secret of ann")).isTrue();
    Files.writeString(file, "bob:of bob\n");
    assertThat(knows("ann", "secret of ann")).as("before anybody has looked").isTrue();
    users.refresh();
    assertThat(knows("ann", "secret of ann")).isFalse();
    assertThat(knows("bob", "of bob")).isTrue();
  }

  @Test
  void passwordsChange() throws IOException {
    Files.writeString(file, "ann:another secret\n");
    users.refresh();
    assertThat(knows("ann", "secret of ann")).isFalse();
    assertThat(knows("ann", "another secret")).isTrue();
  }

  @Test
  void whatMakesNoSenseChangesNothing() throws IOException {
    Files.writeString(file, "bob:of bob\nnobody\n");
    users.refresh();
    Files.delete(file);
    users.refresh();
    assertThat(knows("ann", "secret of ann")).isTrue();
    assertThat(knows("bob", "of bob")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, name:password",
    ":of nobody, name:password",
    "nobody:, name:password",
    "bob:of another, an earlier line",
    "eve:of\u0001eve, control character"
  })
  void theFirstTimeItMustMakeSense(String wrong, String why) throws IOException {
    Files.writeString(file, "bob:of bob\n" + wrong + "\n");
    assertThatThrownBy(() -> new UsersFile(file).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("users file " + file + ": line 2 ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("of bob");
  }

  @Test
  void aNameThatIsTooLongIsToldBySize() throws IOException {
    Files.writeString(file, "n".repeat(509) + ":secret\n");
    assertThatThrownBy(() -> new UsersFile(file).read())
        .hasMessage("users file " + file + ": line 1 has a name of more than 508 octets");
  }

  private boolean knows(String name, String password) {
    return new LongTermCredential(name, password)
        .key(REALM, PasswordAlgorithm.SHA_256)
        .equals(users.key(name, REALM, PasswordAlgorithm.SHA_256, 0));
  }
}
