package io.bradawl.runtime.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes files that are private from their first moment and complete from the moment they have their
 * name: written under another name, then linked, which fails if the name is taken.
 */
final class NewPrivateFile {

  private NewPrivateFile() {}

  /**
   * @throws FileAlreadyExistsException if there is anything of that name
   * @throws PrivateFileException if it cannot be made
   */
  static void create(Path file, byte[] content)
      throws FileAlreadyExistsException, PrivateFileException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new PrivateFileException(
          file + " cannot be made: there is no directory " + directory + "; make it first");
    }
    try {
      write(target, content);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (AccessDeniedException e) {
      throw new PrivateFileException(
          file + " cannot be made: this user may not write to " + directory, e);
    } catch (IOException e) {
      throw new PrivateFileException(file + " cannot be made (" + e + ")", e);
    }
  }

  private static void write(Path target, byte[] content) throws IOException {
    Path draft = target.resolveSibling(target.getFileName() + "." + System.nanoTime() + ".new");
    try {
      writeNew(draft, content);
      link(draft, target, content);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void link(Path draft, Path target, byte[] content) throws IOException {
    try {
      Files.createLink(target, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      writeNew(target, content); // a file system without links
    }
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
    if (PrivateFile.hasPermissions(file)) {
      return new FileAttribute<?>[] {
        PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
      };
    }
    return file.getFileSystem().supportedFileAttributeViews().contains("acl")
        ? new FileAttribute<?>[] {ownerAcl(file)}
        : new FileAttribute<?>[0];
  }

  private static FileAttribute<List<AclEntry>> ownerAcl(Path file) throws IOException {
    AclEntry all =
        AclEntry.newBuilder()
            .setType(AclEntryType.ALLOW)
            .setPrincipal(
                file.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name")))
            .setPermissions(EnumSet.allOf(AclEntryPermission.class))
            .build();
    return new FileAttribute<>() {
      @Override
      public String name() {
        return "acl:acl";
      }

      @Override
      public List<AclEntry> value() {
        return List.of(all);
      }
    };
  }
}
