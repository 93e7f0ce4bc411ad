package io.bradawl.it.matrix;

import io.bradawl.it.lab.Flow;
import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Program;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import io.bradawl.it.run.Peer;
import io.bradawl.it.run.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the peers of one situation meet: the host of the rendezvous, which is the relay too. */
final class Meeting {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Host host;
  private final Addressing addressing;
  private final Path directory;
  private final String known;
  private final TlsFiles tls;

  Meeting(Host host, Addressing addressing, Path directory) {
    this.host = host;
    this.addressing = addressing;
    this.directory = directory;
    this.known = addressing.rendezvous(host, directory);
    this.tls = TlsFiles.make(directory, host.address());
  }

  /** Starts the server, and waits until it listens. */
  Program open(Jdk jdk) throws IOException {
    List<String> options = new ArrayList<>(List.of(tls.options()));
    if (addressing != Addressing.IPV4) {
      options.add("--listen=" + host.address() + ":3478,[" + host.ipv6() + "]:3478");
    }
    JavaCommand command =
        JavaCommand.ofJar(jdk, Artifacts.rendezvous(), options.toArray(String[]::new));
    Program server = host.start("rendezvous", command.words(), Map.of(), directory);
    server.await("listening", LIMIT);
    return server;
  }

  /** Starts a program of a peer. */
  Program attend(String name, Host at, JavaCommand command) throws IOException {
    Peer peer = new Peer(name, known + ":3478", at, directory);
    return peer.start(
        command
            .options(addressing.options(directory).toArray(String[]::new))
            .agent("tls.trust", tls.certificate().toString()));
  }

  /** Whether something comes from the relay. UDP may be carried over TCP to it. */
  boolean relays(Flow flow, String protocol) {
    boolean from = flow.from().equals(host.address()) || flow.from().equals(host.ipv6());
    return from && (protocol.equals("udp") || flow.protocol().equals("tcp"));
  }
}
