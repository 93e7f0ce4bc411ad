package io.bradawl.protocol.sim.probe;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What a probe has found out, in words. */
public final class Findings {

  /** Where a NAT's mappings cannot be foretold. */
  static final String UNKNOWN = "-";

  private final Map<Trait, String> all = new EnumMap<>(Trait.class);

  void add(Trait trait, Object finding) {
    all.put(trait, finding.toString());
  }

  void add(Trait trait, boolean holds) {
    add(trait, holds ? "yes" : "no");
  }

  public String of(Trait trait) {
    return Objects.requireNonNull(all.get(trait), () -> trait + " was not probed");
  }

  public Map<Trait, String> all() {
    return Collections.unmodifiableMap(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Findings findings && all.equals(findings.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
