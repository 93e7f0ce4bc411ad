package io.bradawl.rendezvous.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.rendezvous.watch.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file that lists users who are always known, one {@code name:password} a line; read again
 * whenever it looks different. Not thread-safe.
 */
final class UsersFile {

  private final Path path;
  private final FileWatch watch;

  UsersFile(Path path) {
    this.path = path;
    this.watch = new FileWatch(path);
  }

  /**
   * Reads the users by name. Empty lines and those that begin with {@code #} do not count.
   *
   * @throws IOException if the file cannot be read or makes no sense; the message names it, and no
   *     password
   */
  Map<String, LongTermCredential> read() throws IOException {
    try {
      watch.mark();
      return parse(Files.readAllLines(path, UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException("users file " + path + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException("users file " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the users if the file was changed since it was read last.
   *
   * @return {@code null} if it was not
   * @throws IOException once for each change that {@link #read} cannot follow
   */
  @Nullable Map<String, LongTermCredential> readIfChanged() throws IOException {
    return watch.changed() ? read() : null;
  }

  private static Map<String, LongTermCredential> parse(List<String> lines) {
    Map<String, LongTermCredential> users = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        LongTermCredential user = user(line, i + 1);
        users.put(user.username().name(), user);
      }
    }
    return Map.copyOf(users);
  }

  private static LongTermCredential user(String line, int number) {
    int colon = line.indexOf(':');
    if (colon < 1 || colon == line.length() - 1) {
      throw new IllegalArgumentException("line " + number + " is not of the form name:password");
    }
    try {
      return new LongTermCredential(line.substring(0, colon), line.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "line " + number + " holds a character that user names and passwords cannot have", e);
    }
  }
}
