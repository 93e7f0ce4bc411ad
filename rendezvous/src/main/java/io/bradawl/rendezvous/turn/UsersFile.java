package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.rendezvous.watch.FileWatch;
import io.bradawl.rendezvous.watch.NamedFile;
import java.io.IOException;
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

  private final NamedFile file;
  private final FileWatch watch;

  UsersFile(Path path) {
    this.file = new NamedFile("users file", path);
    this.watch = new FileWatch(path);
  }

  /**
   * Reads the users by name. Empty lines and those that begin with {@code #} do not count.
   *
   * @throws IOException if the file cannot be read or makes no sense; the message names it, and no
   *     password
   */
  Map<String, LongTermCredential> read() throws IOException {
    watch.mark();
    List<String> lines = file.lines();
    try {
      return parse(lines);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
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
        if (users.put(user.username().name(), user) != null) {
          throw new IllegalArgumentException(
              "line " + (i + 1) + " has a user that an earlier line has, too; remove one of them");
        }
      }
    }
    return Map.copyOf(users);
  }

  private static LongTermCredential user(String line, int number) {
    int colon = line.indexOf(':');
    if (colon < 1 || colon == line.length() - 1) {
      throw new IllegalArgumentException("line " + number + " is not of the form name:password");
    }
    if (line.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "line " + number + " holds a control character, which no name or password can have");
    }
    try {
      return new LongTermCredential(line.substring(0, colon), line.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "line " + number + " has a name of more than " + Username.MAX_OCTETS + " octets", e);
    }
  }
}
