package io.bradawl.rendezvous.admission;

import io.bradawl.protocol.realm.AccessKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The realms that are served.
 *
 * @param listed {@code null} for all, and for peers that are in none
 */
public record RealmList(@Nullable Set<AccessKey> listed) {

  /** Everybody is served. */
  public static final RealmList ANY = new RealmList(null);

  public RealmList {
    listed = listed == null ? null : Set.copyOf(listed);
  }

  /**
   * Reads one access key per line; empty lines, and what follows a {@code #}, do not count.
   *
   * @throws IllegalArgumentException if a line is something else; the message gives its number
   */
  public static RealmList parse(List<String> lines) {
    Set<AccessKey> keys = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = withoutComment(lines.get(i));
      if (!text.isEmpty()) {
        keys.add(key(text, i + 1));
      }
    }
    return new RealmList(keys);
  }

  /** Whether members of {@code realm} are served; {@code null} stands for peers without realm. */
  public boolean serves(@Nullable AccessKey realm) {
    return listed == null || realm != null && listed.contains(realm);
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  /** Does not repeat the text: somebody may have put the secret there. */
  private static AccessKey key(String text, int line) {
    try {
      return AccessKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "line "
              + line
              + " is no access key (64 hexadecimal digits); show a realm's with: java -jar"
              + " bradawl-agent.jar realm --secret-file FILE");
    }
  }

  @Override
  public String toString() {
    return listed == null
        ? "any realm"
        : listed.size() + (listed.size() == 1 ? " realm" : " realms");
  }
}
