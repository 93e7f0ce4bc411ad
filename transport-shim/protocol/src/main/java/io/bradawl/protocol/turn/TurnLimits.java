package io.bradawl.protocol.turn;

import java.time.Duration;

/**
 * How long things last and how many an allocation may have.
 *
 * @param lifetime of an allocation whose client asks for none, or for less
 * @param longestLifetime of one whose client asks for more
 * @param permission how long one lasts (RFC 8656 section 9)
 * @param channel how long a binding lasts (RFC 8656 section 12)
 * @param permissions most of one allocation
 * @param channels most of one allocation
 * @param connections most of one allocation, waiting ones included (RFC 6062)
 * @param binding how long a connection waits for its data connection (RFC 6062 section 5.4)
 */
public record TurnLimits(
    Duration lifetime,
    Duration longestLifetime,
    Duration permission,
    Duration channel,
    int permissions,
    int channels,
    int connections,
    Duration binding) {

  public static final TurnLimits DEFAULT =
      new TurnLimits(
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          256,
          256,
          256,
          Duration.ofSeconds(30));
}
