package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.admission.RealmFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who is served. */
@Command(optionListHeading = "%nRealms:%n")
public final class RealmOptions {

  @Option(
      names = "--realms",
      paramLabel = "file",
      description = {
        "Serve only the realms whose access keys the file lists, one a line, # for comments; read"
            + " again when it changes. Show a realm's access key with: java -jar bradawl-agent.jar"
            + " realm --secret-file FILE. Without this option any realm is served."
      })
  private @Nullable Path realms;

  /** The list of realms; {@code null} to serve any. */
  public @Nullable RealmFile file() {
    Path path = realms;
    return path == null ? null : new RealmFile(path);
  }
}
