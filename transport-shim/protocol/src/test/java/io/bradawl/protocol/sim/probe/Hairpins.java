package io.bradawl.protocol.sim.probe;

import static io.bradawl.protocol.sim.probe.Ground.OUTSIDE_PORT;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage.Datagrams;
import io.bradawl.protocol.sim.probe.Vantage.Heard;

/** Whether hosts behind one NAT reach each other by its outside (RFC 4787 section 6). */
final class Hairpins {

  private final Ground ground;
  private final Stage stage;

  Hairpins(Ground ground) {
    this.ground = ground;
    stage = ground.stage();
  }

  void ask(Findings findings) {
    boolean translates = !stage.external().equals(stage.inside().ip());
    boolean foretold = findings.of(Trait.UDP_MAPPING).equals("nothing");
    findings.add(Trait.HAIRPIN, translates && foretold ? hairpin() : Findings.UNKNOWN);
  }

  private String hairpin() {
    int neighboursPort = ground.port();
    try (Datagrams witness = stage.one().udp(OUTSIDE_PORT);
        Datagrams own = stage.inside().udp(ground.port());
        Datagrams neighbours = stage.neighbour().udp(neighboursPort)) {
      TransportAddress mapped = ground.seen(own, stage.one(), witness, OUTSIDE_PORT);
      TransportAddress theirs = ground.seen(neighbours, stage.one(), witness, OUTSIDE_PORT);
      own.send(theirs, ground.tag());
      int tag = ground.tag();
      neighbours.send(mapped, tag);
      Heard heard = ground.hears(own, tag, stage.patience());
      if (heard == null) {
        return isAnswered(mapped) ? "an ICMP error" : "silence";
      }
      boolean external = heard.from().equals(theirs);
      return external ? "arrives with external source" : "arrives with internal source";
    }
  }

  private boolean isAnswered(TransportAddress mapped) {
    return stage.neighbour().isToldUnreachable(ground.port(), mapped, stage.patience());
  }
}
