package io.bradawl.it.conformance;

import io.bradawl.it.lab.Lab;
import io.bradawl.protocol.sim.probe.Findings;
import io.bradawl.protocol.sim.probe.NatProbe;
import io.bradawl.protocol.sim.probe.SimulatedStage;
import io.bradawl.protocol.sim.probe.Trait;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One kind of NAT, probed twice.
 *
 * @param real what the laboratory's does
 * @param simulated what the simulation's does
 */
record Comparison(Kind kind, Findings real, Findings simulated) {

  private static final long SEED = 1;

  /** Probes all of these; most of the time is spent waiting, so they wait together. */
  static List<Comparison> of(Lab lab, List<Kind> kinds) {
    Map<Kind, CompletableFuture<Findings>> running = new EnumMap<>(Kind.class);
    for (Kind kind : kinds) {
      running.put(kind, probing(kind, kind.stage(lab)));
    }
    List<Comparison> all = new ArrayList<>();
    running.forEach((kind, real) -> all.add(new Comparison(kind, real.join(), simulated(kind))));
    return all;
  }

  private static CompletableFuture<Findings> probing(Kind kind, RealStage stage) {
    return CompletableFuture.supplyAsync(
        () -> real(kind, stage), probe -> new Thread(probe, "probe of " + kind).start());
  }

  private static Findings real(Kind kind, RealStage stage) {
    try {
      return NatProbe.run(stage);
    } catch (RuntimeException e) {
      throw new IllegalStateException("while probing " + kind + ": " + e, e);
    }
  }

  private static Findings simulated(Kind kind) {
    return NatProbe.run(new SimulatedStage(kind.behaviour(), SEED));
  }

  /** Where the two differ, in words. */
  List<String> differences() {
    List<String> all = new ArrayList<>();
    for (Trait trait : Trait.values()) {
      if (!agreeOn(trait)) {
        all.add(
            "%s: %s is \"%s\", in the simulation \"%s\""
                .formatted(kind.label(), trait.label(), real.of(trait), simulated.of(trait)));
      }
    }
    return all;
  }

  /** What the table says of the trait. */
  String cell(Trait trait) {
    return agreeOn(trait)
        ? real.of(trait)
        : "**" + real.of(trait) + "; simulated: " + simulated.of(trait) + "**";
  }

  private boolean agreeOn(Trait trait) {
    return real.of(trait).equals(simulated.of(trait));
  }
}
