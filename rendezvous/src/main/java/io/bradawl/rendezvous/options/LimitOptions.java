package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.Quotas;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much of the server its users may have. */
@Command(optionListHeading = "%nLimits:%n")
public final class LimitOptions {

  private static final int KIBI = 1024;

  @Option(
      names = "--max-connections",
      paramLabel = "number",
      converter = AtLeast.One.class,
      defaultValue = "20000",
      description =
          "TCP connections at once; a peer needs one, and one for each port it punches from.")
  private int connections;

  @Option(
      names = "--max-connections-per-source",
      paramLabel = "number",
      converter = AtLeast.One.class,
      defaultValue = "4000",
      description = "Of these, from one IPv4 address or one IPv6 network of 64 bits.")
  private int connectionsPerSource;

  @Option(
      names = "--max-joins-per-source",
      paramLabel = "number",
      converter = AtLeast.One.class,
      defaultValue = "50",
      description = "Registrations a second from there; ten times as many at once.")
  private int joinsPerSource;

  @Option(
      names = "--max-processes-per-peer",
      paramLabel = "number",
      converter = AtLeast.One.class,
      defaultValue = "64",
      description = "Processes that are registered under one peer id at once.")
  private int processesPerPeer;

  @Option(
      names = "--max-offers-per-peer",
      paramLabel = "number",
      converter = AtLeast.One.class,
      defaultValue = "50",
      description = "Offers of paths a second by one peer; ten times as many at once.")
  private int offersPerPeer;

  @Option(
      names = "--silence",
      paramLabel = "seconds",
      converter = AtLeast.Twenty.class,
      defaultValue = "60",
      description = "Close connections without a message for so long (agents send one every 15 s).")
  private int silence;

  @Option(
      names = "--udp-buffer",
      paramLabel = "KiB",
      converter = AtLeast.One.class,
      defaultValue = "4096",
      description =
          "Datagrams that may wait at each listening socket; no more than net.core.rmem_max.")
  private int udpBuffer;

  public Limits limits() {
    return new Limits(
        connections,
        Limits.DEFAULT.firstMessage(),
        Duration.ofSeconds(silence),
        Limits.DEFAULT.messagesPerSecond(),
        new Quotas(connectionsPerSource, joinsPerSource, processesPerPeer, offersPerPeer),
        Math.min(udpBuffer, Integer.MAX_VALUE / KIBI) * KIBI);
  }
}
