package io.bradawl.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.crypto.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

  private static final String HEADER = "bradawl private key x25519\n";

  @TempDir Path directory;

  @Test
  void keepsTheKeyItDrew() throws IOException {
    Path file = directory.resolve("key");
    byte[] drawn = KeyFile.readOrCreate(file).toByteArray();
    assertThat(KeyFile.readOrCreate(file).toByteArray()).isEqualTo(drawn);
    assertThat(KeyFile.read(file).toByteArray()).isEqualTo(drawn);
    assertThat(Files.readString(file))
        .isEqualTo(HEADER + Base64.getEncoder().encodeToString(drawn) + "\n");
  }

  @Test
  void isPrivateAndLeavesNothingBeside() throws IOException {
    Path file = directory.resolve("key");
    KeyFile.create(file, new SecureRandom());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void neverReplacesAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "precious");
    assertThatThrownBy(() -> KeyFile.create(file, new SecureRandom()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void processesThatStartTogetherGetOneKey() throws Exception {
    Path file = directory.resolve("key");
    int starters = 8;
    CyclicBarrier together = new CyclicBarrier(starters);
    Set<String> keys = ConcurrentHashMap.newKeySet();
    Callable<Boolean> start =
        () -> {
          together.await();
          return keys.add(
              Base64.getEncoder().encodeToString(KeyFile.readOrCreate(file).toByteArray()));
        };
    ExecutorService threads = Executors.newFixedThreadPool(starters);
    try {
      for (var started : threads.invokeAll(Collections.nCopies(starters, start))) {
        started.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(keys).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwxrwxrwx"})
  void refusesAFileThatIsNotPrivate(String permissions) throws IOException {
    Path file = directory.resolve("key");
    KeyFile.readOrCreate(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> KeyFile.readOrCreate(file))
        .isInstanceOf(PrivateFileException.class)
        .hasMessageContaining("others than its owner")
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> KeyFile.readOrCreate(directory))
        .hasMessage(directory + " is not a regular file");
    assertThatThrownBy(() -> KeyFile.read(directory.resolve("absent")))
        .hasMessageContaining("there is no file " + directory.resolve("absent"));
    assertThatThrownBy(() -> KeyFile.readOrCreate(directory.resolve("no/key")))
        .hasMessageContaining("there is no directory " + directory.resolve("no"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hush",
        "bradawl private key x25519\nhush",
        "bradawl private key x25519\nhush*******************************************\n",
        "bradawl private key x25519\nhushhushhushhushhushhushhushhushhushhushhushh===\n",
        "bradawl private key x25519\nhushhushhushhushhushhushhushhushhushhushhus=\nhush\n",
        "bradawl private key ed25519\nhushhushhushhushhushhushhushhushhushhushhus=\n"
      })
  void refusesWhatIsNoKeyWithoutShowingIt(String content) throws IOException {
    Path file = directory.resolve("key");
    NewPrivateFile.create(file, content.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> KeyFile.read(file))
        .isInstanceOf(PrivateFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("keygen")
        .hasMessageNotContaining("hush");
  }

  @Test
  void refusesHugeFiles() throws IOException {
    Path file = directory.resolve("key");
    NewPrivateFile.create(file, new byte[20_000]);
    assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("at most 16384");
  }

  @Test
  void aGroupMayReadARealmSecretButNotChangeIt() throws IOException {
    Path file = directory.resolve("secret");
    NewPrivateFile.create(file, new byte[] {1, 2});
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    assertThat(PrivateFile.read(file, PrivateFile.Readers.OWNER_AND_GROUP)).containsExactly(1, 2);
    for (String permissions : List.of("r--rw----", "r-----r--", "r------w-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      assertThatThrownBy(() -> PrivateFile.read(file, PrivateFile.Readers.OWNER_AND_GROUP))
          .hasMessageContaining("chmod o-rwx,g-w " + file);
    }
  }

  @Test
  void theKeyIsNotInAnyText() throws IOException {
    try (Secret key = KeyFile.readOrCreate(directory.resolve("key"))) {
      assertThat(key).hasToString("Secret");
    }
  }
}
