package io.bradawl.protocol.sim.probe;

import static io.bradawl.protocol.sim.probe.Ground.OUTSIDE_PORT;
import static io.bradawl.protocol.sim.probe.Ground.SURELY;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage.Attempt;
import io.bradawl.protocol.sim.probe.Vantage.Connections;
import io.bradawl.protocol.sim.probe.Vantage.Reaction;

/** What a NAT makes of SYNs that cross (RFC 5382 section 4.2). */
final class Handshakes {

  private static final int CLOSED_PORT = OUTSIDE_PORT + 3;

  private final Ground ground;
  private final Stage stage;

  Handshakes(Ground ground) {
    this.ground = ground;
    stage = ground.stage();
  }

  void ask(Findings findings) {
    boolean foretold = findings.of(Trait.TCP_MAPPING).equals("nothing");
    findings.add(Trait.SIMULTANEOUS_OPEN, foretold ? crossing() : Findings.UNKNOWN);
    findings.add(Trait.REFUSED_THEN_SYN, foretold ? afterRefusal() : Findings.UNKNOWN);
  }

  /** The own SYN goes out and is not answered; then the remote's comes. */
  private Object crossing() {
    try (Connections witness = stage.other().tcp(OUTSIDE_PORT);
        Connections remote = stage.one().tcp(Vantage.DEAF_PORT);
        Connections own = stage.inside().tcp(ground.port())) {
      TransportAddress mapped = mapped(own, witness);
      Attempt outwards = own.connect(Ground.at(stage.one(), Vantage.DEAF_PORT));
      stage.pass(stage.patience().dividedBy(4));
      Attempt inwards = remote.connect(mapped);
      Reaction reaction = inwards.await(stage.patience());
      return reaction == Reaction.CONNECTED ? outwards.await(SURELY) : reaction;
    }
  }

  /** The own SYN goes out and meets RST; then the remote's comes, and finds nobody listening. */
  private Object afterRefusal() {
    try (Connections witness = stage.other().tcp(OUTSIDE_PORT);
        Connections own = stage.inside().tcp(ground.port())) {
      TransportAddress mapped = mapped(own, witness);
      Reaction refused = own.connect(Ground.at(stage.one(), CLOSED_PORT)).await(SURELY);
      if (refused != Reaction.REFUSED) {
        throw new IllegalStateException("a closed port: " + refused);
      }
      own.listen();
      try (Connections remote = stage.one().tcp(CLOSED_PORT)) {
        return remote.connect(mapped).await(stage.patience());
      }
    }
  }

  private TransportAddress mapped(Connections own, Connections witness) {
    witness.listen();
    return ground.seen(own, stage.other(), witness, OUTSIDE_PORT);
  }
}
