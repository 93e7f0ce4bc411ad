package io.bradawl.protocol.signal;

import java.time.Duration;

/**
 * How long a {@link RegistrationMachine} waits for what.
 *
 * @param connect for a connection to stand
 * @param answer for the answer to a request; a connection that does not answer is dead
 * @param keepAlive between signs of life, so that NATs keep the connection and a dead one is
 *     noticed
 * @param patience for a look-up in all, over all servers
 * @param shortestPause after the first round in which no server took us; doubles with each further
 *     round
 * @param longestPause upper bound of the pause
 * @param suspicion without an answer before another server is tried beside the one that is silent
 * @param linger how long a server that was left is still listened to, for what it had under way
 * @param shortestAbsence until the first attempt to return to a server that is preferred; doubles
 *     with each attempt that fails, or was in vain
 * @param longestAbsence upper bound of the absence; who stayed that long forgets about it
 */
public record RegistrationTimes(
    Duration connect,
    Duration answer,
    Duration keepAlive,
    Duration patience,
    Duration shortestPause,
    Duration longestPause,
    Duration suspicion,
    Duration linger,
    Duration shortestAbsence,
    Duration longestAbsence) {

  /**
   * Suits the Internet: round trips up to a second, NATs that forget idle TCP connections after
   * minutes.
   */
  public static final RegistrationTimes DEFAULT =
      new RegistrationTimes(
          Duration.ofSeconds(4),
          Duration.ofSeconds(4),
          Duration.ofSeconds(15),
          Duration.ofSeconds(8),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofMillis(1500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10));
}
