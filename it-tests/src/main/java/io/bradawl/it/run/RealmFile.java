package io.bradawl.it.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret of the realm that all peers of a run are of: new for each run, gone after it. */
final class RealmFile {
  private static final Path FILE = create();

  private RealmFile() {}

  static Path path() {
    return FILE;
  }

  private static Path create() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    try {
      Path file =
          Files.createTempFile(
              "bradawl",
              ".secret",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      file.toFile().deleteOnExit();
      return Files.writeString(
          file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
