package io.bradawl.rendezvous.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that the operator has named. All errors begin with what it is for, and its path.
 *
 * @param purpose such as "users file"
 */
public record NamedFile(String purpose, Path path) {

  /**
   * What it holds.
   *
   * @throws IOException if it cannot be read
   */
  public byte[] octets() throws IOException {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw wrong("does not exist", e);
    } catch (AccessDeniedException e) {
      throw wrong("may not be read by the user that the server runs as", e);
    } catch (IOException e) {
      throw wrong("cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The same as text.
   *
   * @throws IOException if it cannot be read, or is not in UTF-8
   */
  public String text() throws IOException {
    byte[] octets = octets();
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw wrong("is no text in UTF-8", e);
    }
  }

  /**
   * The lines of the text.
   *
   * @throws IOException as {@link #text}
   */
  public List<String> lines() throws IOException {
    return text().lines().toList();
  }

  /** An error in what it holds. */
  public IOException wrong(String what, Exception cause) {
    return new IOException(this + " " + what, cause);
  }

  @Override
  public String toString() {
    return purpose + " " + path;
  }
}
