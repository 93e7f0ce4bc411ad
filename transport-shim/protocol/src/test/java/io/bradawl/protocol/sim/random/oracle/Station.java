package io.bradawl.protocol.sim.random.oracle;

/** A host: a peer, a server or a stranger. */
record Station(String name, Area area, Spot spot) implements Area.Place {

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
