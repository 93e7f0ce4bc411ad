package io.bradawl.it.soak;

import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ADDRESS_AND_PORT_DEPENDENT;
import static io.bradawl.protocol.sim.nat.NatBehaviour.Scope.ENDPOINT_INDEPENDENT;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Unsolicited;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.TlsFiles;
import io.bradawl.it.soak.load.SoakClient;
import io.bradawl.it.soak.load.SoakServer;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is where.
 *
 * <pre>
 *   cone-client    port-restricted   ->  cone-server   port-restricted     direct
 *   strict-client  symmetric         ->  strict-server port-restricted     relayed by coturn
 *   home-client    full cone         ->  home-server   Linux masquerade    direct; restarted at times
 *   hotel-client   TCP 443 only      ->  cone-server                       relayed by a node, in TLS
 *   node-0, node-1, redis, coturn    public
 * </pre>
 */
final class Stage implements AutoCloseable {
  private static final String ENCRYPTED = "9000";
  private static final String PLAIN = "9001";
  private static final String USER = "relay-user";
  private static final String PASSWORD = "relay-password";
  private static final NatBehaviour CONE =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
  private static final NatBehaviour SYMMETRIC =
      NatBehaviour.nat(ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT);
  private static final NatBehaviour FULL_CONE =
      NatBehaviour.nat(ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT);

  private final Lab lab = Lab.open();
  private final Path directory;
  private final Watch watch;
  private final List<Service> services = new ArrayList<>();
  private final List<Site> sites = new ArrayList<>();
  private final List<Host> nodeHosts;
  private final Service redis;
  private final Service coturn;
  private final List<Service> nodes = new ArrayList<>();
  private final List<Service> servers = new ArrayList<>();
  private final List<Service> clients = new ArrayList<>();
  private final Path trust;

  Stage(Path directory, Watch watch) throws IOException {
    this.directory = directory;
    this.watch = watch;
    Host redisHost = lab.publicHost("redis");
    redis = service(redisHost, Jdk.current(), redisCommand(), "Ready to accept");
    redis.awaitReady();
    Host coturnHost = lab.publicHost("coturn");
    coturn = service(coturnHost, Jdk.current(), coturnCommand(coturnHost), "Total General servers");
    nodeHosts = List.of(lab.publicHost("node-0"), lab.publicHost("node-1"));
    trust = directory.resolve("trust.pem");
    for (Host host : nodeHosts) {
      node(host, redisHost);
    }
    nodes.forEach(Service::awaitReady);
    startPeers();
  }

  private void startPeers() {
    Jdk older = Jdk.find(17);
    Jdk newer = Jdk.find(25);
    String relay = "turn:" + coturn.host().address() + ":3478";
    Site coneServer = site("cone-server", CONE);
    Site strictServer = site("strict-server", CONE);
    NatBox router = lab.userspaceBox("home-router", null, Site.LINE);
    NatBox home = router.natBox("nat", Nat.MASQUERADE, Unsolicited.DROP);
    Site homeServer = keep(new Site(home.host("home-server"), router, false));
    servers.add(server(coneServer, older, ""));
    servers.add(server(strictServer, newer, relay));
    servers.add(server(homeServer, newer, ""));
    servers.forEach(Service::awaitReady);
    clients.add(client(site("cone-client", CONE), newer, "cone-server", ""));
    clients.add(client(site("strict-client", SYMMETRIC), older, "strict-server", relay));
    clients.add(client(site("home-client", FULL_CONE), older, "home-server", ""));
    clients.add(client(hotel(), newer, "cone-server", ""));
  }

  private Site hotel() {
    Site hotel = site("hotel-client", CONE);
    hotel.box().restrict("tcp dport 443 accept; iifname \"lan\" drop");
    return hotel;
  }

  private Site site(String name, NatBehaviour behaviour) {
    NatBox box = lab.userspaceBox(name + "-box", behaviour, Site.LINE);
    return keep(new Site(box.host(name), box, true));
  }

  private Site keep(Site site) {
    sites.add(site);
    return site;
  }

  private static List<String> redisCommand() {
    return List.of(
        "redis-server",
        "--bind",
        "*",
        "--protected-mode",
        "no",
        "--save",
        "",
        "--appendonly",
        "no");
  }

  private List<String> coturnCommand(Host host) {
    return List.of(
        "turnserver",
        "-n",
        "--lt-cred-mech",
        "--user=" + USER + ":" + PASSWORD,
        "--realm=example.org",
        "--no-cli",
        "--no-tls",
        "--no-dtls",
        "--log-file=stdout",
        "--pidfile=" + directory.resolve("coturn.pid"),
        "--listening-ip=" + host.address(),
        "--relay-ip=" + host.address());
  }

  private void node(Host host, Host redisHost) throws IOException {
    TlsFiles tls =
        TlsFiles.make(Files.createDirectory(directory.resolve(host.name())), host.address());
    Files.writeString(
        trust,
        Files.readString(tls.certificate()),
        java.nio.file.StandardOpenOption.CREATE,
        java.nio.file.StandardOpenOption.APPEND);
    List<String> options = new ArrayList<>(List.of(tls.options()));
    options.add("--cluster=redis://" + redisHost.address());
    JavaCommand command =
        JavaCommand.ofJar(Jdk.find(17), Artifacts.rendezvous(), options.toArray(String[]::new));
    nodes.add(service(host, Jdk.find(17), small(command).words(), "listening"));
  }

  private Service server(Site site, Jdk jdk, String relay) {
    JavaCommand command =
        JavaCommand.of(jdk, Artifacts.programs(), SoakServer.class.getName(), ENCRYPTED, PLAIN);
    return service(site.host(), jdk, peer(command, site, relay), "registered at ");
  }

  private Service client(Site site, Jdk jdk, String server, String relay) {
    JavaCommand command =
        JavaCommand.of(
            jdk,
            Artifacts.programs(),
            SoakClient.class.getName(),
            server + ".peer",
            ENCRYPTED,
            PLAIN);
    return service(site.host(), jdk, peer(command, site, relay), "registered at ");
  }

  private List<String> peer(JavaCommand command, Site site, String relay) {
    String rendezvous =
        nodeHosts.get(0).address() + ":3478," + nodeHosts.get(1).address() + ":3478";
    JavaCommand peer =
        small(command)
            .peer(rendezvous, site.name())
            .agent("tls.trust", trust.toString())
            .agent("tcp.security", "encrypted,authenticated:" + PLAIN)
            .agent("udp.security", "encrypted,authenticated:" + PLAIN);
    if (!relay.isEmpty()) {
      peer = peer.agent("turn", relay).agent("turn.user", USER).agent("turn.password", PASSWORD);
    }
    return peer.words();
  }

  /** Sparing with memory and threads: there are many of them. A collection leaves nothing dead. */
  private static JavaCommand small(JavaCommand command) {
    return command.options("-XX:+UseSerialGC", "-Xmx96m", "-XX:MarkSweepDeadRatio=0");
  }

  private Service service(Host host, Jdk jdk, List<String> command, String ready) {
    return keep(services, new Service(host.name(), host, jdk, command, ready, directory, watch));
  }

  private static Service keep(List<Service> list, Service service) {
    list.add(service);
    return service;
  }

  /** All that run. */
  List<Service> services() {
    return services;
  }

  /** The JVMs: nodes, servers, clients. */
  List<Service> jvms() {
    return Stream.of(nodes, servers, clients).flatMap(List::stream).toList();
  }

  /** Hosts behind boxes. */
  List<Site> sites() {
    return sites;
  }

  /** The two rendezvous servers, which relay too. */
  List<Service> nodes() {
    return nodes;
  }

  /** The serving applications. */
  List<Service> servers() {
    return servers;
  }

  /** The applications that ask. */
  List<Service> clients() {
    return clients;
  }

  /** What the nodes know each other by. */
  Service redis() {
    return redis;
  }

  /** The relay of its own. */
  Service coturn() {
    return coturn;
  }

  @Override
  public void close() {
    services.forEach(Service::close);
    lab.close();
  }
}
