package io.bradawl.rendezvous.options;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How the server stops. */
@Command(optionListHeading = "%nStopping:%n")
public final class DrainOptions {

  @Option(
      names = "--drain-seconds",
      paramLabel = "seconds",
      converter = AtLeast.Zero.class,
      defaultValue = "30",
      description = {
        "After SIGTERM, ask peers to move to another server and wait so long at most for what is"
            + " relayed to end; a second SIGTERM ends the wait."
      })
  private int seconds;

  public Duration limit() {
    return Duration.ofSeconds(seconds);
  }
}
