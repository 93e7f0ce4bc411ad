package io.bradawl.rendezvous.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    } catch (NoSuchFileException e) {
      throw new IOException("access log " + file + " cannot be made; make its folder first", e);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "access log " + file + " may not be written by the user that the server runs as", e);
    } catch (IOException e) {
      throw new IOException("access log " + file + " cannot be opened: " + reason(e), e);
    }
  }

  /** Without the file's name, which those of file systems begin with. */
  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : null;
    return reason == null ? e.toString() : reason;
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
