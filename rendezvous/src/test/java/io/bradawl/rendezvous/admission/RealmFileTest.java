package io.bradawl.rendezvous.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.realm.AccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealmFileTest {

  private static final AccessKey ONE = AccessKey.parse("11".repeat(32));
  private static final AccessKey TWO = AccessKey.parse("22".repeat(32));

  @TempDir private Path directory;
  private Path path;
  private RealmFile file;

  @BeforeEach
  void name() {
    path = directory.resolve("realms");
    file = new RealmFile(path);
  }

  @Test
  void readsKeysCommentsAndEmptyLines() throws IOException {
    Files.writeString(path, "# ours\n\n  " + ONE + "   # the shop\n" + TWO + "\n");
    RealmList realms = file.read();

    assertThat(realms.listed()).containsExactlyInAnyOrder(ONE, TWO);
    assertThat(realms.serves(ONE)).isTrue();
    assertThat(realms.serves(null)).as("peers without realm").isFalse();
    assertThat(realms).hasToString("2 realms");
  }

  @Test
  void anEmptyListServesNobody() throws IOException {
    Files.writeString(path, "");
    assertThat(file.read().serves(ONE)).isFalse();
    assertThat(RealmList.ANY.serves(ONE)).isTrue();
    assertThat(RealmList.ANY.serves(null)).isTrue();
  }

  @Test
  void aWrongLineIsNumberedButNotRepeatedSinceItMayBeTheSecret() throws IOException {
    Files.writeString(path, ONE + "\nthe-secret-itself\n");
    assertThatThrownBy(file::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path + ": line 2 is no access key")
        .hasMessageNotContaining("the-secret-itself");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(file::read)
        .isInstanceOf(IOException.class)
        .hasMessage("realms file " + path + " does not exist");
  }

  @Test
  void isReadAgainUponChangeAndOnlyThen() throws IOException {
    Files.writeString(path, ONE + "\n");
    file.read();
    assertThat(file.readIfChanged()).isNull();
    Files.writeString(path, ONE + "\n" + TWO + "\n");
    assertThat(file.readIfChanged().serves(TWO)).isTrue();
    assertThat(file.readIfChanged()).isNull();
  }

  @Test
  void saysOnceThatTheFileIsGoneAndReadsItWhenItIsBack() throws IOException {
    Files.writeString(path, ONE + "\n");
    file.read();
    Files.delete(path);
    assertThatThrownBy(file::readIfChanged).hasMessageContaining("does not exist");
    assertThat(file.readIfChanged()).isNull();
    Files.writeString(path, TWO + "\n");
    assertThat(file.readIfChanged().serves(TWO)).isTrue();
  }
}
