package io.bradawl.rendezvous.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.rendezvous.watch.FileWatch;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file that lists the realms; read again whenever it looks different. Not thread-safe. */
public final class RealmFile {

  private final Path path;
  private final FileWatch watch;

  public RealmFile(Path path) {
    this.path = path;
    this.watch = new FileWatch(path);
  }

  /**
   * Reads the list.
   *
   * @throws IOException if it cannot be read or makes no sense; the message names the file
   */
  public RealmList read() throws IOException {
    try {
      watch.mark();
      return RealmList.parse(Files.readAllLines(path, UTF_8));
    } catch (NoSuchFileException e) {
      throw new IOException("realms file " + path + " does not exist", e);
    } catch (CharacterCodingException e) {
      throw new IOException("realms file " + path + " is no text", e);
    } catch (IOException e) {
      throw new IOException("realms file " + path + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException("realms file " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the list if the file was changed since it was read last.
   *
   * @return {@code null} if it was not
   * @throws IOException once for each change that {@link #read} cannot follow
   */
  public @Nullable RealmList readIfChanged() throws IOException {
    return watch.changed() ? read() : null;
  }
}
