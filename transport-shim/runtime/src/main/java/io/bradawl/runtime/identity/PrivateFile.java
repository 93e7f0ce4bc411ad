package io.bradawl.runtime.identity;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads files that hold a secret, and refuses those that others can read or change: by then the
 * secret may be known, and whoever set the permissions should hear of it. Where there are no POSIX
 * permissions, that is left to the platform.
 *
 * <p>Used while the JVM starts, so without lambdas and with as few classes as possible.
 */
public final class PrivateFile {

  /** Octets, at most. */
  private static final int MAX_LENGTH = 16 * 1024;

  private PrivateFile() {}

  /** Who but its owner may read a file. */
  public enum Readers {
    /** Nobody. */
    OWNER("chmod 600 "),
    /** The file's group, since container platforms hand out secrets in this way. */
    OWNER_AND_GROUP("chmod o-rwx,g-w ");

    private final String remedy;

    Readers(String remedy) {
      this.remedy = remedy;
    }

    private Set<PosixFilePermission> forbidden() {
      Set<PosixFilePermission> forbidden =
          EnumSet.of(
              PosixFilePermission.GROUP_WRITE,
              PosixFilePermission.OTHERS_READ,
              PosixFilePermission.OTHERS_WRITE);
      if (this == OWNER) {
        forbidden.add(PosixFilePermission.GROUP_READ);
      }
      return forbidden;
    }
  }

  /**
   * Reads the whole file, which may be named by a symbolic link.
   *
   * @return for the caller to wipe
   * @throws PrivateFileException if it is not there, not a file, too large or not private
   */
  public static byte[] read(Path file, Readers readers) throws PrivateFileException {
    try {
      BasicFileAttributes attributes = attributes(file);
      requirePrivate(file, attributes, readers);
      return read(file, attributes);
    } catch (PrivateFileException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new PrivateFileException("there is no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new PrivateFileException("this user may not read " + file, e);
    } catch (IOException e) {
      throw new PrivateFileException(file + " cannot be read (" + e + ")", e);
    }
  }

  /**
   * Refuses a file that others can read or change.
   *
   * @throws PrivateFileException also if it cannot be found out
   */
  public static void requirePrivate(Path file, Readers readers) throws PrivateFileException {
    try {
      requirePrivate(file, attributes(file), readers);
    } catch (PrivateFileException e) {
      throw e;
    } catch (IOException e) {
      throw new PrivateFileException("the permissions of " + file + " cannot be read", e);
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return hasPermissions(file)
        ? Files.readAttributes(file, PosixFileAttributes.class)
        : Files.readAttributes(file, BasicFileAttributes.class);
  }

  static boolean hasPermissions(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void requirePrivate(Path file, BasicFileAttributes attributes, Readers readers)
      throws PrivateFileException {
    if (!attributes.isRegularFile()) {
      throw new PrivateFileException(file + " is not a regular file");
    }
    if (attributes instanceof PosixFileAttributes posix) {
      Set<PosixFilePermission> given = readers.forbidden();
      given.retainAll(posix.permissions());
      if (!given.isEmpty()) {
        throw new PrivateFileException(
            "others than its owner can read or change "
                + file
                + ", so its secret may be known; if it is not, run: "
                + readers.remedy
                + file);
      }
    }
  }

  private static byte[] read(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.size() > MAX_LENGTH) {
      throw new PrivateFileException(
          file + " has " + attributes.size() + " octets; at most " + MAX_LENGTH + " are read");
    }
    byte[] content = new byte[(int) attributes.size()];
    try (InputStream in = new FileInputStream(file.toFile())) {
      if (in.readNBytes(content, 0, content.length) != content.length) {
        throw new PrivateFileException(file + " was changed while it was read; start again");
      }
    }
    return content;
  }
}
