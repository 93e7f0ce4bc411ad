package io.bradawl.protocol.sim.probe;

import static io.bradawl.protocol.sim.probe.Ground.OUTSIDE_PORT;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage.Attempt;
import io.bradawl.protocol.sim.probe.Vantage.Connections;
import io.bradawl.protocol.sim.probe.Vantage.Datagrams;
import io.bradawl.protocol.sim.probe.Vantage.Reaction;
import java.util.List;

/** Whose packets come in (RFC 4787 section 5), and what others meet. */
final class Filters {

  private static final int ANOTHER_PORT = OUTSIDE_PORT + 2;

  /** Outside what NATs allocate and what probes use. */
  private static final int UNUSED_PORT = 39_000;

  private final Ground ground;
  private final Stage stage;

  Filters(Ground ground) {
    this.ground = ground;
    stage = ground.stage();
  }

  void ask(Findings findings) {
    findings.add(Trait.UDP_FILTERING, udp());
    findings.add(Trait.TCP_FILTERING, tcp());
    TransportAddress unused = new TransportAddress(stage.external(), UNUSED_PORT);
    boolean told = stage.one().isToldUnreachable(ground.port(), unused, stage.patience());
    findings.add(Trait.UDP_UNSOLICITED, told ? "an ICMP error" : "silence");
    try (Connections stranger = stage.one().tcp(ground.port())) {
      findings.add(Trait.TCP_UNSOLICITED, stranger.connect(unused).await(stage.patience()));
    }
    TransportAddress closed = Ground.at(stage.one(), UNUSED_PORT);
    boolean learns = stage.inside().isToldUnreachable(ground.port(), closed, stage.patience());
    findings.add(Trait.ERRORS, learns ? "come in" : "get lost");
  }

  private String udp() {
    try (Datagrams known = stage.one().udp(OUTSIDE_PORT);
        Datagrams besides = stage.one().udp(ANOTHER_PORT);
        Datagrams elsewhere = stage.other().udp(OUTSIDE_PORT);
        Datagrams own = stage.inside().udp(ground.port())) {
      TransportAddress mapped = ground.seen(own, stage.one(), known, OUTSIDE_PORT);
      boolean fromElsewhere = comesIn(elsewhere, known, mapped, own);
      boolean fromBesides = comesIn(besides, known, mapped, own);
      return scope(fromElsewhere, fromBesides);
    }
  }

  private boolean comesIn(
      Datagrams stranger, Datagrams known, TransportAddress mapped, Datagrams own) {
    int what = ground.tag();
    int marker = ground.tag();
    stranger.send(mapped, what);
    known.send(mapped, marker);
    return ground.comes(own, what, marker);
  }

  private String tcp() {
    try (Connections known = stage.one().tcp(OUTSIDE_PORT);
        Connections besides = stage.one().tcp(ANOTHER_PORT);
        Connections elsewhere = stage.other().tcp(OUTSIDE_PORT);
        Connections own = stage.inside().tcp(ground.port())) {
      List.of(known, own).forEach(Connections::listen);
      TransportAddress mapped = ground.seen(own, stage.one(), known, OUTSIDE_PORT);
      Attempt fromElsewhere = elsewhere.connect(mapped);
      Attempt fromBesides = besides.connect(mapped);
      return scope(
          fromElsewhere.await(stage.patience()) == Reaction.CONNECTED,
          fromBesides.await(stage.patience()) == Reaction.CONNECTED);
    }
  }

  private static String scope(boolean fromElsewhere, boolean fromBesides) {
    if (fromElsewhere) {
      return "nothing";
    }
    return fromBesides ? "address" : "address and port";
  }
}
