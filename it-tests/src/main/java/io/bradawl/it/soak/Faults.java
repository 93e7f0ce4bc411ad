package io.bradawl.it.soak;

import io.bradawl.it.lab.userspace.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Draws what goes wrong next. The same seed draws the same faults. */
final class Faults {
  private final Stage stage;
  private final Random random;
  private final List<Supplier<Fault>> kinds;
  private int addresses;

  Faults(Stage stage, long seed) {
    this.stage = stage;
    this.random = new Random(seed);
    this.kinds =
        List.of(
            this::natReboot,
            this::natReboot,
            this::readdress,
            this::unplug,
            this::silentLink,
            this::badLine,
            this::badLine,
            this::killNode,
            this::killNode,
            this::killAllNodes,
            this::freezeNode,
            this::killRelay,
            this::killRelay,
            this::killRedis,
            this::freezePeer,
            this::freezePeer,
            this::clockJump,
            this::clockJump,
            this::restart,
            this::restart);
  }

  /** One fault, or two at once. */
  List<Fault> draw() {
    List<Fault> drawn = new ArrayList<>();
    drawn.add(any(kinds).get());
    if (random.nextInt(5) == 0) {
      Fault other = any(kinds).get();
      if (!other.kind().equals(drawn.get(0).kind())) {
        drawn.add(other);
      }
    }
    return drawn;
  }

  /** Uniform in milliseconds. */
  Duration between(int least, int most) {
    return Duration.ofMillis(least + random.nextInt(most - least));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Site translating() {
    return any(stage.sites().stream().filter(Site::translates).toList());
  }

  private Fault natReboot() {
    Site site = translating();
    return Fault.sudden("NAT forgets its table", site.name(), site.box().carrier()::reboot);
  }

  private Fault readdress() {
    Site site = translating();
    String old = site.box().outside();
    String address = old.substring(0, old.lastIndexOf('.') + 1) + (4 + addresses++ % 240);
    return Fault.sudden(
        "NAT gets another address",
        site.name() + " from " + old + " to " + address,
        () -> site.box().readdress(address));
  }

  private Fault unplug() {
    Site site = any(stage.sites());
    Duration lasts = between(500, 15_000);
    return new Fault("interface down", site.name(), lasts, site::unplug, site::plug);
  }

  private Fault silentLink() {
    Site site = any(stage.sites());
    Line dead = new Line(Duration.ZERO, Duration.ZERO, 1, 0);
    return line("line cut", "all is lost", site, dead, between(500, 20_000));
  }

  private Fault badLine() {
    Site site = any(stage.sites());
    Line bad =
        new Line(
            Duration.ofMillis(10 + random.nextInt(200)),
            Duration.ofMillis(random.nextInt(150)),
            random.nextInt(40) / 100.0,
            random.nextInt(30) / 100.0);
    return line(
        "loss, delay, duplicates, reordering", bad.toString(), site, bad, between(2_000, 20_000));
  }

  private static Fault line(String kind, String how, Site site, Line bad, Duration lasts) {
    return new Fault(
        kind,
        site.name() + ", " + how,
        lasts,
        () -> site.box().carrier().line(bad),
        () -> site.box().carrier().line(Site.LINE));
  }

  private Fault killNode() {
    Service node = any(stage.nodes());
    return killed("rendezvous killed", List.of(node), between(200, 15_000));
  }

  private Fault killAllNodes() {
    return killed("all rendezvous killed", stage.nodes(), between(200, 10_000));
  }

  private Fault killRelay() {
    return killed("relay killed", List.of(stage.coturn()), between(200, 15_000));
  }

  private Fault killRedis() {
    return killed("Redis killed", List.of(stage.redis()), between(200, 10_000));
  }

  private static Fault killed(String kind, List<Service> services, Duration lasts) {
    return new Fault(
        kind,
        String.join(", ", services.stream().map(Service::name).toList()),
        lasts,
        () -> services.forEach(Service::kill),
        () -> services.forEach(Service::start));
  }

  private Fault freezeNode() {
    Service node = any(stage.nodes());
    return new Fault(
        "rendezvous stopped (SIGSTOP)",
        node.name(),
        between(1_000, 20_000),
        node::freeze,
        node::thaw);
  }

  private Fault freezePeer() {
    Service peer = any(peers());
    return new Fault(
        "peer stopped (SIGSTOP)", peer.name(), between(500, 40_000), peer::freeze, peer::thaw);
  }

  private List<Service> peers() {
    return Stream.of(stage.servers(), stage.clients()).flatMap(List::stream).toList();
  }

  private Fault clockJump() {
    Service service = any(stage.jvms());
    long reach = any(List.of(10L, 3_600L, 86_400L, 40_000_000L));
    Duration offset = Duration.ofSeconds((long) ((random.nextDouble() * 2 - 1) * reach));
    return Fault.sudden(
        "wall clock jumps",
        service.name() + " to " + offset + " from the true time",
        () -> service.clock().shift(offset));
  }

  /** Only of one pair, so that the others grow as old as the run. */
  private Fault restart() {
    Service peer =
        any(peers().stream().filter(service -> service.name().startsWith("home-")).toList());
    boolean isKilled = random.nextBoolean();
    return new Fault(
        "application restarted",
        peer.name() + (isKilled ? ", SIGKILL" : ", SIGTERM"),
        between(100, 5_000),
        isKilled ? peer::kill : peer::terminate,
        peer::start);
  }
}
