package io.bradawl.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.it.lab.Program;
import io.bradawl.it.load.client.RegisteredPeer;
import io.bradawl.it.load.crowd.Spray;
import io.bradawl.it.load.measure.Memory;
import io.bradawl.it.load.measure.Usage;
import io.bradawl.it.run.Artifacts;
import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server under as many datagrams as this machine can send, each from another source. */
@Timeout(600)
class SprayIT {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int WARM_UP = 300_000;
  private static final int MEASURED = 1_000_000;

  /** Four octets for each source; all tables of the server are bounded. */
  private static final long MOST_LIVE = 4 << 20;

  /** Code that is compiled meanwhile, and buffers: as many as threads, not as sources. */
  private static final long MOST_OUTSIDE_THE_HEAP = 48 << 20;

  @TempDir private Path directory;

  @Test
  void memoryIsBoundedAndPeersAreServed() throws Exception {
    Path users = Files.writeString(directory.resolve("users"), "alice:wonderland\n");
    JavaCommand command =
        JavaCommand.ofJar(
                Jdk.current(),
                Artifacts.rendezvous(),
                "--listen=127.0.0.1:0",
                "--users-file=" + users)
            .options("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    try (Program program = Program.start("rendezvous", command.words(), Map.of(), directory)) {
      String port = program.await("listening on udp and tcp .*:(\\d+)]", LIMIT).group(1);
      InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
      spray(server, new Usage(program.pid()));
      try (RegisteredPeer peer = RegisteredPeer.register(server, 1)) {
        peer.live();
        assertThat(peer.hear()).isTrue();
      }
    }
  }

  private static void spray(InetSocketAddress server, Usage usage) throws Exception {
    try (Spray spray = new Spray(server)) {
      spray.run(WARM_UP);
      Memory before = Memory.ofJava(usage);
      Usage.Reading start = usage.read();
      spray.run(MEASURED);
      Usage.Spent spent = usage.read().since(start);
      Memory after = Memory.ofJava(usage);
      System.out.printf(
          "spray: %,.0f datagrams/s, each from another source (%,.0f for a processor second of the"
              + " sender), server %.2f cores; live heap %+d KiB, outside of it %+d KiB%n",
          MEASURED / spent.wall(),
          MEASURED / spent.loader(),
          spent.server() / spent.wall(),
          (after.live() - before.live()) / 1024,
          (after.resident() - before.resident()) / 1024);
      assertThat(after.live() - before.live()).isLessThan(MOST_LIVE);
      assertThat(after.resident() - before.resident()).isLessThan(MOST_OUTSIDE_THE_HEAP);
    }
  }
}
