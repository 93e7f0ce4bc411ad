package io.bradawl.rendezvous.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The file that lists the realms; read again whenever it looks different. Not thread-safe. */
public final class RealmFile {

  /** What a file looks like from outside; another look means that it may say something else. */
  private record Look(FileTime modified, long size, @Nullable Object file) {}

  private final Path path;
  private @Nullable Look last;

  public RealmFile(Path path) {
    this.path = path;
  }

  /**
   * Reads the list.
   *
   * @throws IOException if it cannot be read or makes no sense; the message names the file
   */
  public RealmList read() throws IOException {
    try {
      last = null;
      last = look();
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
    return Objects.equals(lookOrNull(), last) ? null : read();
  }

  private @Nullable Look lookOrNull() {
    try {
      return look();
    } catch (IOException e) {
      return null;
    }
  }

  private Look look() throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    return new Look(now.lastModifiedTime(), now.size(), now.fileKey());
  }
}
