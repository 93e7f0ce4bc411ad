package io.bradawl.rendezvous.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFileTest {

  @TempDir private Path folder;
  private NamedFile file;

  @BeforeEach
  void name() {
    file = new NamedFile("users file", folder.resolve("users"));
  }

  @Test
  void readsLinesHoweverTheyEnd() throws IOException {
    Files.writeString(file.path(), "one\r\nm\u00FCller\n");
    assertThat(file.lines()).containsExactly("one", "m\u00FCller");
  }

  @Test
  void whatCannotBeReadIsNamedWithTheReason() throws IOException {
    assertThatThrownBy(file::octets).hasMessage(file + " does not exist");
    Files.write(file.path(), new byte[] {'a', (byte) 0xFF});
    assertThatThrownBy(file::lines).hasMessage(file + " is no text in UTF-8");
    assertThatThrownBy(() -> new NamedFile("users file", folder).octets())
        .hasMessage("users file " + folder + " cannot be read: Is a directory");
  }
}
