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

  @Test
  void theFirstTimeItMustMakeSense() throws IOException {
    Files.writeString(file, "bob:of bob\nnobody\n");
    assertThatThrownBy(() -> new UsersFile(file).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("of bob");
  }

  private boolean knows(String name, String password) {
    return new LongTermCredential(name, password)
        .key(REALM, PasswordAlgorithm.SHA_256)
        .equals(users.key(name, REALM, PasswordAlgorithm.SHA_256, 0));
  }
}
