package io.bradawl.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where one laboratory keeps its namespaces: files called {@code bw_<owner's process
 * id>_<random>_<role>}. Root's are in {@code /run/netns}, where {@code ip netns} sees them too; in
 * a user namespace they are in the directory for temporary files.
 */
final class Footprint {
  private static final String PREFIX = "bw_";
  private static final Path NETNS = Path.of("/run/netns");
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final Path directory;
  private final String stem;

  private Footprint(Path directory) {
    this.directory = directory;
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    this.stem = PREFIX + ProcessHandle.current().pid() + "_" + random + "_";
  }

  static Footprint claim() {
    requireTools();
    Footprint footprint = new Footprint(directory());
    footprint.requirePrivilege();
    return footprint;
  }

  Path file(String role) {
    return directory.resolve(stem + role);
  }

  void release() {
    for (Path file : files(stem)) {
      Namespace.abandoned(file).close();
    }
  }

  /** Removes namespaces of ours whose owner is dead. */
  void removeLeftovers() {
    for (Path file : files(PREFIX)) {
      if (ownerIsDead(file.getFileName().toString())) {
        Namespace.abandoned(file).close();
      }
    }
  }

  private static boolean ownerIsDead(String name) {
    String owner = name.split("_", -1)[1];
    return owner.matches("[1-9][0-9]{0,9}")
        && !ProcessHandle.of(Long.parseLong(owner)).map(ProcessHandle::isAlive).orElse(false);
  }

  private List<Path> files(String start) {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, start + "*")) {
      List<Path> files = new ArrayList<>();
      stream.forEach(files::add);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  private static Path directory() {
    try {
      Files.createDirectories(NETNS);
    } catch (IOException e) {
      return TEMPORARY;
    }
    return Files.isWritable(NETNS) ? NETNS : TEMPORARY;
  }

  private static void requireTools() {
    try {
      Shell.run(
          List.of(
              "sh",
              "-c",
              "command -v nsenter && command -v unshare && command -v ip && command -v nft"));
    } catch (LabException e) {
      throw new LabException(
          "the NAT laboratory needs nsenter, unshare (util-linux), ip (iproute2) and nft (nftables)",
          e);
    }
  }

  private void requirePrivilege() {
    Path probe = file("probe");
    try (Namespace namespace = Namespace.create(probe)) {
      Netfilter.load(namespace, "table ip probe {\n}\n");
    } catch (LabException e) {
      throw new LabException(
          "no network namespaces here: run as root, or inside `unshare --user --map-root-user --mount` where the kernel"
              + " allows it",
          e);
    }
  }
}
