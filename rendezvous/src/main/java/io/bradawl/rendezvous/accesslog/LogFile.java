package io.bradawl.rendezvous.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is only ever appended to, so a rotation that copies and truncates it leaves no hole.
 */
final class LogFile {

  private LogFile() {}

  /**
   * Opens it; a new one is readable by owner and group only, for it says who talks to whom.
   *
   * @throws IOException the message names the file
   */
  static OutputStream append(Path file) throws IOException {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        create(file);
      }
      return Channels.newOutputStream(
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new IOException("access log " + file + " cannot be opened: " + e, e);
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
    } catch (FileAlreadyExistsException e) {
      // Its permissions are the operator's choice.
    }
  }
}
