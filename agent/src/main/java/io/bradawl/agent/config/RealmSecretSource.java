package io.bradawl.agent.config;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.realm.RealmSecret;
import io.bradawl.runtime.identity.PrivateFile;
import io.bradawl.runtime.identity.PrivateFile.Readers;
import io.bradawl.runtime.identity.PrivateFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the realm secret where the user has put it. */
final class RealmSecretSource {

  private RealmSecretSource() {}

  /** Whether this process is to be of a realm. */
  static boolean isSet(Sources sources) {
    return sources.of(Key.SECRET) != null || sources.of(Key.SECRET_FILE) != null;
  }

  /**
   * Reads the secret.
   *
   * @return {@code null} if none is set
   */
  static @Nullable Secret read(Sources sources) throws ConfigException {
    Setting text = sources.of(Key.SECRET);
    Setting file = sources.of(Key.SECRET_FILE);
    if (text != null && file != null) {
      throw file.bad(
          "bradawl.secret is set too ("
              + text.source()
              + ", not shown here); remove one of the two, best that one");
    }
    if (text == null) {
      return file == null ? null : ofFile(file);
    }
    if (text.isOfFile()) {
      requirePrivate(text, sources.of(Key.CONFIG));
    }
    return ofText(text);
  }

  /** What to say about a secret that others may see, or {@code null}. */
  static @Nullable String warning(@Nullable Setting text) {
    if (text == null || text.isOfFile()) {
      return null;
    }
    String who =
        text.source().startsWith("environment")
            ? " is passed on to all programs that the application starts"
            : " can be read by all users of this machine in the list of processes";
    return text.key().property()
        + " ("
        + text.source()
        + ")"
        + who
        + "; put it into a file and set bradawl.secret.file";
  }

  private static Secret ofText(Setting setting) throws ConfigException {
    try {
      return RealmSecret.parse(setting.value());
    } catch (IllegalArgumentException e) {
      throw Values.bad(setting, e);
    }
  }

  private static Secret ofFile(Setting setting) throws ConfigException {
    byte[] content = new byte[0];
    try {
      content = PrivateFile.read(Path.of(setting.value()), Readers.OWNER_AND_GROUP);
      return RealmSecret.parse(content);
    } catch (IllegalArgumentException e) {
      throw Values.bad(setting, e);
    } catch (PrivateFileException e) {
      throw setting.bad(String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static void requirePrivate(Setting text, @Nullable Setting config)
      throws ConfigException {
    try {
      if (config != null) {
        PrivateFile.requirePrivate(Path.of(config.value()), Readers.OWNER_AND_GROUP);
      }
    } catch (PrivateFileException | InvalidPathException e) {
      throw text.bad(String.valueOf(e.getMessage()));
    }
  }
}
