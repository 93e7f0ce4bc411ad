package io.bradawl.rendezvous.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether files may say something else than when they were read. Looks at them from outside, links
 * followed, so that a file that is replaced as a whole counts too. Not thread-safe.
 */
public final class FileWatch {

  /** What a file looks like; the look of one that cannot be looked at has nothing in it. */
  private record Look(@Nullable FileTime modified, long size, @Nullable Object file) {}

  private final List<Path> paths;
  private List<Look> last = List.of();

  public FileWatch(Path... paths) {
    this.paths = List.of(paths);
  }

  /** The files are about to be read: what happens to them from now on is a change. */
  public void mark() {
    last = looks();
  }

  /** Whether any file looks different than at the last {@link #mark}. */
  public boolean changed() {
    return !looks().equals(last);
  }

  private List<Look> looks() {
    List<Look> looks = new ArrayList<>();
    for (Path path : paths) {
      looks.add(look(path));
    }
    return looks;
  }

  private static Look look(Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new Look(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException e) {
      return new Look(null, 0, null);
    }
  }
}
