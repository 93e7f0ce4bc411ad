package io.bradawl.protocol.sim.probe;

/** Asks all questions. */
public final class NatProbe {

  private NatProbe() {}

  public static Findings run(Stage stage) {
    Findings findings = new Findings();
    Ground ground = new Ground(stage);
    new Mappings(ground).ask(findings);
    new Filters(ground).ask(findings);
    new Handshakes(ground).ask(findings);
    new Hairpins(ground).ask(findings);
    new Orders(ground).ask(findings);
    new Lifetimes(ground).ask(findings);
    return findings;
  }
}
