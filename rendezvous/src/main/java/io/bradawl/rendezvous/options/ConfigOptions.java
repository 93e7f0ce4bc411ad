package io.bradawl.rendezvous.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where options are read from beside the command line. */
@Command(optionListHeading = "%nConfiguration:%n")
public final class ConfigOptions {

  static final String NAME = "--config";

  @Option(
      names = NAME,
      paramLabel = "file",
      description = {
        "Properties file in UTF-8 with options that are not on the command line, their long names"
            + " as keys: max-connections=5000. Several values are separated by commas. What neither"
            + " sets is taken from the environment: BRADAWL_RENDEZVOUS_MAX_CONNECTIONS."
      })
  private @Nullable Path file;

  /** The configuration file; {@code null} for none. */
  @Nullable Path file() {
    return file;
  }
}
