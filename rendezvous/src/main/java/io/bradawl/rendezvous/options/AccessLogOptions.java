package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.accesslog.AccessLogWriter;
import io.bradawl.rendezvous.telemetry.Measures;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who did what. */
@Command(optionListHeading = "%nAccess log:%n")
public final class AccessLogOptions {

  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--access-log",
      paramLabel = "file",
      description = {
        "Write a line of JSON here for each registration, offer and allocation; - is standard"
            + " output. SIGHUP makes the server open the file anew."
      })
  private @Nullable String accessLog;

  /**
   * Opens the log.
   *
   * @return {@code null} if none is wanted
   * @throws IOException if it cannot be opened; the message names it
   */
  public @Nullable AccessLogWriter open(Measures measures) throws IOException {
    String where = accessLog;
    if (where == null) {
      return null;
    }
    return where.equals(STANDARD_OUTPUT)
        ? AccessLogWriter.toStandardOutput(measures)
        : AccessLogWriter.toFile(Path.of(where), measures);
  }
}
