package io.bradawl.protocol.sim.probe;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage.Connections;
import io.bradawl.protocol.sim.probe.Vantage.Datagrams;
import io.bradawl.protocol.sim.probe.Vantage.Heard;
import io.bradawl.protocol.sim.probe.Vantage.Reaction;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stage with what all questions need: ports that are not used twice, and mappings. */
final class Ground {

  static final int OUTSIDE_PORT = 7000;

  /** For what must come. */
  static final Duration SURELY = Duration.ofSeconds(10);

  private final Stage stage;
  private int lastPort = 6000;
  private int lastTag;

  Ground(Stage stage) {
    this.stage = stage;
  }

  Stage stage() {
    return stage;
  }

  /** An inside port that nothing was sent from. */
  int port() {
    lastPort += 10;
    return lastPort;
  }

  int tag() {
    return ++lastTag;
  }

  static TransportAddress at(Vantage host, int port) {
    return new TransportAddress(host.ip(), port);
  }

  /** From where {@code to} sees {@code from}. */
  TransportAddress seen(Datagrams from, Vantage at, Datagrams to, int toPort) {
    int tag = tag();
    from.send(at(at, toPort), tag);
    Heard heard = to.receive(SURELY);
    while (heard != null && heard.tag() != tag) {
      heard = to.receive(SURELY);
    }
    return Objects.requireNonNull(heard, "a datagram to " + at(at, toPort) + " got lost").from();
  }

  /** From where a listener sees a connection come. */
  TransportAddress seen(Connections from, Vantage at, Connections listener, int toPort) {
    Reaction reaction = from.connect(at(at, toPort)).await(SURELY);
    if (reaction != Reaction.CONNECTED) {
      throw new IllegalStateException("connecting to " + at(at, toPort) + ": " + reaction);
    }
    return Objects.requireNonNull(listener.accept(SURELY), "an accepted connection");
  }

  /** Whether {@code what} comes before {@code marker}, which is sent after it and must come. */
  boolean comes(Datagrams to, int what, int marker) {
    boolean came = false;
    for (Heard heard = to.receive(SURELY); heard != null; heard = to.receive(SURELY)) {
      came |= heard.tag() == what;
      if (heard.tag() == marker) {
        return came;
      }
    }
    throw new IllegalStateException("a datagram that is let in got lost");
  }

  /** What comes with this tag, if something does while datagrams come at least this often. */
  @Nullable Heard hears(Datagrams socket, int tag, Duration wait) {
    Heard heard = socket.receive(wait);
    while (heard != null && heard.tag() != tag) {
      heard = socket.receive(wait);
    }
    return heard;
  }
}
