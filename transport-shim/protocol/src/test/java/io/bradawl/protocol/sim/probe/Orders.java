package io.bradawl.protocol.sim.probe;

import static io.bradawl.protocol.sim.probe.Ground.OUTSIDE_PORT;
import static io.bradawl.protocol.sim.probe.Ground.SURELY;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage.Attempt;
import io.bradawl.protocol.sim.probe.Vantage.Connections;
import io.bradawl.protocol.sim.probe.Vantage.Datagrams;
import io.bradawl.protocol.sim.probe.Vantage.Reaction;
import java.util.List;

/** What a remote's packet that comes too early does to the own flow that meets it. */
final class Orders {

  private static final int EARLY_PORT = OUTSIDE_PORT + 4;
  private static final int NEXT_PORT = OUTSIDE_PORT + 5;

  private final Ground ground;
  private final Stage stage;

  Orders(Ground ground) {
    this.ground = ground;
    stage = ground.stage();
  }

  void ask(Findings findings) {
    if (findings.of(Trait.UDP_MAPPING).equals("nothing")) {
      udp(findings);
    } else {
      findings.add(Trait.UDP_EARLY, Findings.UNKNOWN);
      findings.add(Trait.UDP_AFTER_EARLY, Findings.UNKNOWN);
    }
    boolean foretold = findings.of(Trait.TCP_MAPPING).equals("nothing");
    findings.add(Trait.TCP_EARLY, foretold ? tcp() : Findings.UNKNOWN);
  }

  private void udp(Findings findings) {
    try (Datagrams witness = stage.other().udp(OUTSIDE_PORT);
        Datagrams remote = stage.one().udp(EARLY_PORT);
        Datagrams next = stage.one().udp(NEXT_PORT);
        Datagrams own = stage.inside().udp(ground.port())) {
      TransportAddress mapped = ground.seen(own, stage.other(), witness, OUTSIDE_PORT);
      remote.send(mapped, ground.tag());
      stage.pass(stage.patience().dividedBy(4));
      TransportAddress met = ground.seen(own, stage.one(), remote, EARLY_PORT);
      findings.add(Trait.UDP_EARLY, portOf(met, mapped));
      TransportAddress after = ground.seen(own, stage.one(), next, NEXT_PORT);
      findings.add(Trait.UDP_AFTER_EARLY, portOf(after, mapped));
    }
  }

  private String tcp() {
    try (Connections witness = stage.other().tcp(OUTSIDE_PORT);
        Connections remote = stage.one().tcp(EARLY_PORT);
        Connections own = stage.inside().tcp(ground.port())) {
      List.of(witness, remote).forEach(Connections::listen);
      TransportAddress mapped = ground.seen(own, stage.other(), witness, OUTSIDE_PORT);
      Attempt early = remote.connect(mapped);
      early.await(stage.patience());
      Reaction reaction = own.connect(Ground.at(stage.one(), EARLY_PORT)).await(SURELY);
      if (reaction != Reaction.CONNECTED) {
        return "fails: " + reaction;
      }
      TransportAddress seen =
          early.await(stage.patience()) == Reaction.CONNECTED ? mapped : remote.accept(SURELY);
      return seen == null ? "is not seen" : portOf(seen, mapped);
    }
  }

  private static String portOf(TransportAddress seen, TransportAddress mapped) {
    return seen.equals(mapped) ? "the usual port" : "another port";
  }
}
