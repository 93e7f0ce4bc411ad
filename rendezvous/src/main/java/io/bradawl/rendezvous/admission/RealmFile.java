package io.bradawl.rendezvous.admission;

import io.bradawl.rendezvous.watch.FileWatch;
import io.bradawl.rendezvous.watch.NamedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file that lists the realms; read again whenever it looks different. Not thread-safe. */
public final class RealmFile {

  private final NamedFile file;
  private final FileWatch watch;

  public RealmFile(Path path) {
    this.file = new NamedFile("realms file", path);
    this.watch = new FileWatch(path);
  }

  /**
   * Reads the list.
   *
   * @throws IOException if it cannot be read or makes no sense; the message names the file
   */
  public RealmList read() throws IOException {
    watch.mark();
    List<String> lines = file.lines();
    try {
      return RealmList.parse(lines);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
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
