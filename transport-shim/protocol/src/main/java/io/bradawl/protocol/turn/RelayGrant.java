package io.bradawl.protocol.turn;

import java.time.Duration;
import java.util.List;

/**
 * Leave to use a TURN server, which a rendezvous gives to those who have shown who they are.
 *
 * @param lifetime how long the credential is good from when it is given
 * @param username and {@code password}: a long-term credential (RFC 8489 section 9.2)
 * @param realm of the TURN server
 * @param nonce a current one of the TURN server, so that it need not be asked for; empty if the
 *     rendezvous knows of none
 * @param servers where to find it; none: where this rendezvous was reached
 */
public record RelayGrant(
    Duration lifetime,
    String username,
    String password,
    String realm,
    String nonce,
    List<TurnUri> servers) {

  /** Servers that one grant can name. */
  public static final int MAX_SERVERS = 8;

  public RelayGrant {
    servers = List.copyOf(servers);
    if (servers.size() > MAX_SERVERS) {
      throw new IllegalArgumentException(
          servers.size() + " TURN servers, a grant names at most " + MAX_SERVERS);
    }
  }

  /** Without what must not be in a log. */
  @Override
  public String toString() {
    return "RelayGrant[" + username + ", " + lifetime.toSeconds() + " s, " + servers + "]";
  }
}
