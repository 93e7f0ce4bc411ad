package io.bradawl.rendezvous.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The server's part of the limits in docs/protocol.md. */
class LimitsDocumentTest {

  @Test
  void theDocumentSaysWhatTheServerBears() throws IOException {
    Limits limits = Limits.DEFAULT;
    assertThat(Files.readAllLines(Path.of("../docs/protocol.md")))
        .anyMatch(row("seconds until the first message", limits.firstMessage().toSeconds()))
        .anyMatch(row("seconds between messages", limits.silence().toSeconds()))
        .anyMatch(row("messages a second of a TCP connection", limits.messagesPerSecond()))
        .anyMatch(row("TCP connections of a rendezvous", limits.connections()))
        .anyMatch(row("TCP connections of one source", limits.quotas().connectionsPerSource()))
        .anyMatch(row("registrations a second of one source", limits.quotas().joinsPerSource()))
        .anyMatch(row("processes of one peer", limits.quotas().processesPerPeer()))
        .anyMatch(row("offers a second of one peer", limits.quotas().offersPerPeer()))
        .anyMatch(row("peers that hold one name", Quotas.HOLDERS_OF_NAME));
  }

  private static Predicate<String> row(String what, long limit) {
    return line -> line.startsWith("| " + what) && line.contains("| " + limit + " |");
  }
}
