package io.bradawl.rendezvous;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.rendezvous.admission.RealmFile;
import io.bradawl.rendezvous.server.Limits;
import io.bradawl.rendezvous.server.Quotas;
import io.bradawl.rendezvous.server.RendezvousServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The server's command line. */
@Command(
    name = "bradawl-rendezvous",
    description = "Where Bradawl's peers find each other: STUN and signalling on one port.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionFromManifest.class,
    sortOptions = false,
    showDefaultValues = true)
public final class RendezvousMain implements Callable<Integer> {

  private static final int START_FAILED = 1;

  @Option(
      names = "--listen",
      paramLabel = "address:port",
      converter = ListenAddress.class,
      defaultValue = "0.0.0.0:3478",
      description = "Address for both UDP and TCP; may be given several times.")
  private List<InetSocketAddress> listen = List.of();

  @Option(
      names = "--max-connections",
      paramLabel = "number",
      defaultValue = "20000",
      description =
          "TCP connections at once; a peer needs one, and one for each port it punches from.")
  private int maxConnections;

  @Option(
      names = "--max-connections-per-source",
      paramLabel = "number",
      defaultValue = "4000",
      description = "Of these, from one IPv4 address or one IPv6 network of 64 bits.")
  private int connectionsPerSource;

  @Option(
      names = "--max-joins-per-source",
      paramLabel = "number",
      defaultValue = "50",
      description = "Registrations a second from there; ten times as many at once.")
  private int joinsPerSource;

  @Option(
      names = "--max-processes-per-peer",
      paramLabel = "number",
      defaultValue = "64",
      description = "Processes that are registered under one peer id at once.")
  private int processesPerPeer;

  @Option(
      names = "--max-offers-per-peer",
      paramLabel = "number",
      defaultValue = "50",
      description = "Offers of paths a second by one peer; ten times as many at once.")
  private int offersPerPeer;

  @Option(
      names = "--realms",
      paramLabel = "file",
      description = {
        "Serve only the realms whose access keys the file lists, one a line, # for comments; read"
            + " again when it changes. Show a realm's access key with: java -jar bradawl-agent.jar"
            + " realm --secret-file FILE. Without this option any realm is served."
      })
  private @Nullable Path realms;

  @Option(
      names = "--silence",
      paramLabel = "seconds",
      defaultValue = "60",
      description = "Close connections without a message for so long (agents send one every 15 s).")
  private int silence;

  @Option(
      names = "--log-level",
      paramLabel = "level",
      defaultValue = "info",
      description = "One of ${COMPLETION-CANDIDATES}; the log goes to standard error.")
  private LogLevel logLevel = LogLevel.info;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs until the process is told to stop; exit code 1 if it cannot start, 2 for wrong options.
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RendezvousMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    requireAtLeast(1, maxConnections, "--max-connections");
    requireAtLeast(1, connectionsPerSource, "--max-connections-per-source");
    requireAtLeast(1, joinsPerSource, "--max-joins-per-source");
    requireAtLeast(1, processesPerPeer, "--max-processes-per-peer");
    requireAtLeast(1, offersPerPeer, "--max-offers-per-peer");
    requireAtLeast(20, silence, "--silence");
    logLevel.apply();
    Logger log = LoggerFactory.getLogger("rendezvous");
    try {
      RendezvousServer server = start();
      announce(log, server);
      stopWithTheProcess(log, server);
      new CountDownLatch(1).await();
      return 0;
    } catch (IOException e) {
      log.error("{}", e.getMessage());
      return START_FAILED;
    }
  }

  private RendezvousServer start() throws IOException {
    Path file = realms;
    return file == null
        ? RendezvousServer.start(listen, limits())
        : RendezvousServer.start(listen, limits(), new RealmFile(file));
  }

  private Limits limits() {
    return new Limits(
        maxConnections,
        Limits.DEFAULT.firstMessage(),
        Duration.ofSeconds(silence),
        Limits.DEFAULT.messagesPerSecond(),
        new Quotas(connectionsPerSource, joinsPerSource, processesPerPeer, offersPerPeer));
  }

  private void announce(Logger log, RendezvousServer server) {
    List<TransportAddress> addresses =
        server.addresses().stream()
            .map(address -> new TransportAddress(address.getAddress(), address.getPort()))
            .toList();
    log.info(
        "bradawl-rendezvous {} listening on udp and tcp {} ({})",
        VersionFromManifest.text(),
        addresses,
        server.io());
    if (realms == null) {
      log.warn(
          "serving any realm, within quotas, for whoever reaches this port; list the access keys of"
              + " yours with --realms to serve no others");
    }
  }

  private static void stopWithTheProcess(Logger log, RendezvousServer server) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  log.info("stopped");
                },
                "rendezvous-stop"));
  }

  private void requireAtLeast(int least, int value, String option) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + ", must be at least " + least);
    }
  }
}
