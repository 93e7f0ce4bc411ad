package io.bradawl.it.matrix;

import io.bradawl.it.lab.Host;
import io.bradawl.it.lab.Lab;
import io.bradawl.it.matrix.Situation.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which IP versions the peers have, and how they know the rendezvous. */
enum Addressing {
  IPV4 {
    @Override
    String rendezvous(Host host, Path directory) {
      return host.address();
    }
  },

  /** The peers have no other address. */
  IPV6 {
    @Override
    Lab open() {
      return Lab.openDualStack();
    }

    @Override
    void limit(Pair pair) {
      pair.server().onlyIpv6();
      pair.client().onlyIpv6();
    }

    @Override
    String rendezvous(Host host, Path directory) {
      return "[" + host.ipv6() + "]";
    }
  },

  /** The rendezvous is known by a name that has an address of each, and IPv6 is preferred. */
  BOTH {
    @Override
    Lab open() {
      return Lab.openDualStack();
    }

    @Override
    String rendezvous(Host host, Path directory) {
      try {
        Files.writeString(
            hosts(directory), host.ipv6() + " " + NAME + "\n" + host.address() + " " + NAME + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return NAME;
    }

    @Override
    List<String> options(Path directory) {
      return List.of(
          "-Djdk.net.hosts.file=" + hosts(directory), "-Djava.net.preferIPv6Addresses=true");
    }
  };

  private static final String NAME = "rendezvous.example";

  Lab open() {
    return Lab.open();
  }

  /** Takes from the peers what they are not to have. */
  void limit(Pair pair) {}

  /** What the peers call the host of the rendezvous. */
  abstract String rendezvous(Host host, Path directory);

  /** What their JVMs need for that. */
  List<String> options(Path directory) {
    return List.of();
  }

  private static Path hosts(Path directory) {
    return directory.resolve("hosts");
  }
}
