package io.bradawl.rendezvous;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.rendezvous.http.OperatorSite;
import io.bradawl.rendezvous.options.ConfigOptions;
import io.bradawl.rendezvous.options.HttpOptions;
import io.bradawl.rendezvous.options.LimitOptions;
import io.bradawl.rendezvous.options.ListenOptions;
import io.bradawl.rendezvous.options.LogOptions;
import io.bradawl.rendezvous.options.OperatorCommandLine;
import io.bradawl.rendezvous.options.RealmOptions;
import io.bradawl.rendezvous.server.RendezvousServer;
import io.bradawl.rendezvous.server.ServerSettings;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The server's command line: each feature has a class of options of its own. */
@Command(
    name = "bradawl-rendezvous",
    description = "Where Bradawl's peers find each other: STUN and signalling on one port.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionFromManifest.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    showDefaultValues = true)
public final class RendezvousMain implements Callable<Integer> {

  private static final int START_FAILED = 1;

  @Mixin private ListenOptions listen = new ListenOptions();
  @Mixin private RealmOptions realms = new RealmOptions();
  @Mixin private LimitOptions limits = new LimitOptions();
  @Mixin private HttpOptions http = new HttpOptions();
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  /**
   * Runs until the process is told to stop; exit code 1 if it cannot start, 2 for wrong options.
   */
  public static void main(String[] arguments) {
    System.exit(new OperatorCommandLine(new RendezvousMain(), System.getenv()).run(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    log.level().apply();
    Logger logger = LoggerFactory.getLogger("rendezvous");
    try {
      ServerSettings settings = settings();
      Telemetry telemetry = Telemetry.unseen();
      RendezvousServer server = RendezvousServer.start(settings, telemetry);
      announce(logger, settings, server);
      serveOperator(logger, server, telemetry);
      stopWithTheProcess(logger, server);
      new CountDownLatch(1).await();
      return 0;
    } catch (IOException e) {
      logger.error("{}", e.getMessage());
      return START_FAILED;
    }
  }

  private ServerSettings settings() {
    return new ServerSettings(listen.addresses(), limits.limits(), realms.file());
  }

  private void serveOperator(Logger logger, RendezvousServer server, Telemetry telemetry)
      throws IOException {
    InetSocketAddress address = http.address();
    if (address != null) {
      OperatorSite site = OperatorSite.open(address, server, telemetry, VersionFromManifest.text());
      logger.info("health, metrics and status on http:/{}", site.address());
    }
  }

  private static void announce(Logger logger, ServerSettings settings, RendezvousServer server) {
    List<TransportAddress> addresses =
        server.addresses().stream()
            .map(address -> new TransportAddress(address.getAddress(), address.getPort()))
            .toList();
    logger.info(
        "bradawl-rendezvous {} listening on udp and tcp {} ({})",
        VersionFromManifest.text(),
        addresses,
        server.io());
    if (settings.realms() == null) {
      logger.warn(
          "serving any realm, within quotas, for whoever reaches this port; list the access keys of"
              + " yours with --realms to serve no others");
    }
  }

  private static void stopWithTheProcess(Logger logger, RendezvousServer server) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  logger.info("stopped");
                },
                "rendezvous-stop"));
  }
}
