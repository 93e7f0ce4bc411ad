package io.bradawl.it.matrix;

import static io.bradawl.it.matrix.Kind.FULL_CONE;
import static io.bradawl.it.matrix.Kind.MASQUERADE;
import static io.bradawl.it.matrix.Kind.PORT_RESTRICTED;
import static io.bradawl.it.matrix.Kind.RANDOM;

import java.util.Map;
import java.util.Optional;

/**
 * How soon others connect: measured once behind emulated NATs of these kinds, at a round trip of 40
 * ms, milliseconds, medians of 5.
 */
final class Rival {
  /** iroh (relay / direct), hyperdht, ice4j, libjuice. */
  private static final Map<String, String> FIGURES =
      Map.of(
          of(FULL_CONE, FULL_CONE),
          "133 / 262 | 213 | 476 | 596",
          of(PORT_RESTRICTED, PORT_RESTRICTED),
          "133 / 262 | 235 | 456 | 509",
          of(MASQUERADE, MASQUERADE),
          "132 / 261 | 235 | 449 | 541",
          "double NAT x double NAT",
          "133 / 261 | 240 | 450 | 497",
          "same LAN x same LAN",
          "134 / 176 | 154 | 338 | 208",
          of(PORT_RESTRICTED, RANDOM),
          "133 / never | 1316 relayed, direct 5500 in 10 of 12 | 620 relayed | 934 relayed",
          of(RANDOM, RANDOM),
          "134 / never | 361 relayed | 727 relayed | 991 relayed");

  private Rival() {}

  /** The cells of a table row, if this situation was measured. */
  static Optional<String> row(Situation situation) {
    return Optional.ofNullable(FIGURES.get(situation.name()));
  }

  private static String of(Kind one, Kind other) {
    return one.label() + " x " + other.label();
  }
}
