package io.bradawl.rendezvous;

import io.bradawl.rendezvous.options.AccessLogOptions;
import io.bradawl.rendezvous.options.ClusterOptions;
import io.bradawl.rendezvous.options.ConfigOptions;
import io.bradawl.rendezvous.options.DrainOptions;
import io.bradawl.rendezvous.options.HttpOptions;
import io.bradawl.rendezvous.options.LimitOptions;
import io.bradawl.rendezvous.options.ListenOptions;
import io.bradawl.rendezvous.options.LogOptions;
import io.bradawl.rendezvous.options.OperatorCommandLine;
import io.bradawl.rendezvous.options.RealmOptions;
import io.bradawl.rendezvous.options.RelayOptions;
import io.bradawl.rendezvous.options.StunOptions;
import io.bradawl.rendezvous.options.TlsOptions;
import io.bradawl.rendezvous.server.ServerSettings;
import io.bradawl.rendezvous.telemetry.Measures;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The server's command line: each feature has a class of options of its own. */
@Command(
    name = "bradawl-rendezvous",
    description = "Where Bradawl's peers find each other: STUN, signalling and TURN on one port.",
    subcommands = HealthCommand.class,
    mixinStandardHelpOptions = true,
    versionProvider = VersionFromManifest.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    showDefaultValues = true)
public final class RendezvousMain implements Callable<Integer> {

  private static final int START_FAILED = 1;

  @Mixin private ListenOptions listen = new ListenOptions();
  @Mixin private StunOptions stun = new StunOptions();
  @Mixin private TlsOptions tls = new TlsOptions();
  @Mixin private RelayOptions relay = new RelayOptions();
  @Mixin private RealmOptions realms = new RealmOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private LimitOptions limits = new LimitOptions();
  @Mixin private HttpOptions http = new HttpOptions();
  @Mixin private AccessLogOptions accessLog = new AccessLogOptions();
  @Mixin private DrainOptions drain = new DrainOptions();
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  /**
   * Runs until the process is told to stop. Exit codes: 0 if it was, 1 if it cannot start, 2 for
   * wrong options, 128 and the signal's number if a second signal made it stop at once.
   */
  public static void main(String[] arguments) {
    System.exit(new OperatorCommandLine(new RendezvousMain(), System.getenv()).run(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    log.level().apply();
    followNoBuffers();
    try {
      return operation().run();
    } catch (IOException e) {
      LoggerFactory.getLogger("rendezvous").error("{}", e.getMessage());
      return START_FAILED;
    }
  }

  /**
   * Netty follows one buffer of 128, to tell of those that nobody releases: that takes a twentieth
   * of what a relayed datagram costs. Tests look for them; who asks for it here gets it too.
   */
  private static void followNoBuffers() {
    if (System.getProperty("io.netty.leakDetection.level") == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private Operation operation() throws IOException {
    Measures measures = new Measures();
    return new Operation(settings(), measures, accessLog.open(measures), http, drain.limit());
  }

  private ServerSettings settings() throws IOException {
    return new ServerSettings(
        listen.addresses(),
        stun.settings(listen.external()),
        tls.settings(),
        limits.limits(),
        relay.settings(listen.addresses(), listen.external()),
        realms.file(),
        cluster.settings());
  }
}
